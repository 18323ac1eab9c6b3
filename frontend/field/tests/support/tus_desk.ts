import { createHash } from 'node:crypto'
import type { Receipt } from '../../src/contract/api'
import type { Answer, Request } from './fake_server'

export type Upload = { photoId: string; sha256: string; length: number; received: Uint8Array }
type Sign = (id: string, sha256: string, outcome: Receipt['outcome']) => Promise<Receipt>

/** The photo side of the fake server: tus 1.0.0 as the protocol describes it. */
export class TusDesk {
  readonly uploads = new Map<string, Upload>()
  /** Bytes that came in, repeats included: shows how much a resume sent again. */
  bytesTaken = 0
  private readonly sign: Sign

  constructor(sign: Sign) {
    this.sign = sign
  }

  stored(photoId: string): Upload | undefined {
    return [...this.uploads.values()].find((one) => one.photoId === photoId && this.isWhole(one))
  }

  async answer(request: Request): Promise<Answer> {
    if (request.method === 'POST') return this.create(request)
    const upload = this.uploads.get(request.path.split('/').pop()!)
    if (!upload) return tusAnswer(404)
    if (request.method === 'PATCH') return this.append(request, upload)
    return this.withReceipt(upload, tusAnswer(200, {
      'Upload-Offset': String(upload.received.length), 'Upload-Length': String(upload.length),
    }))
  }

  private create(request: Request): Promise<Answer> | Answer {
    const facts = Object.fromEntries((request.headers['upload-metadata'] ?? '').split(',').map((pair) => {
      const [key, value] = pair.split(' ')
      return [key, Buffer.from(value ?? '', 'base64').toString()]
    }))
    const length = Number(request.headers['upload-length'])
    const known = this.stored(facts.photo_id!)
    if (known && known.sha256 === facts.sha256) {
      return this.withReceipt(known, tusAnswer(201, { Location: '/api/v1/uploads/known', 'Upload-Offset': String(length) }))
    }
    const key = `u${this.uploads.size + 1}`
    this.uploads.set(key, { photoId: facts.photo_id!, sha256: facts.sha256!, length, received: new Uint8Array() })
    return tusAnswer(201, { Location: `/api/v1/uploads/${key}` })
  }

  private async append(request: Request, upload: Upload): Promise<Answer> {
    if (Number(request.headers['upload-offset']) !== upload.received.length) return tusAnswer(409)
    this.bytesTaken += request.body.length
    upload.received = new Uint8Array(Buffer.concat([upload.received, request.body]))
    if (upload.received.length === upload.length && !this.isWhole(upload)) {
      upload.received = new Uint8Array()
      return tusAnswer(460)
    }
    return this.withReceipt(upload, tusAnswer(204, { 'Upload-Offset': String(upload.received.length) }))
  }

  private isWhole(upload: Upload): boolean {
    return upload.received.length === upload.length
      && createHash('sha256').update(upload.received).digest('hex') === upload.sha256
  }

  private async withReceipt(upload: Upload, answer: Answer): Promise<Answer> {
    if (!this.isWhole(upload)) return answer
    const receipt = await this.sign(upload.photoId, upload.sha256, 'stored')
    answer.headers['Ruhu-Receipt'] = Buffer.from(JSON.stringify(receipt)).toString('base64')
    return answer
  }
}

function tusAnswer(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'Tus-Resumable': '1.0.0', ...headers }, body: '' }
}
