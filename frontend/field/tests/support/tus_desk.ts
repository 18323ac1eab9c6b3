import { createHash } from 'node:crypto'
import type { Answer, Claim, FakeServer, Request } from './fake_server'
import { openPhoto } from './opener'

export type Upload = {
  photoId: string; sha256: string; length: number; received: Uint8Array; claim: Claim
  facts: Record<string, string>
  /** The plain picture, once all of it is here and is what was announced. */
  picture: Buffer | null
}

/** The photo side of the fake server: tus 1.0.0 as the protocol describes it. */
export class TusDesk {
  readonly uploads = new Map<string, Upload>()
  /** Bytes that came in, repeats included: shows how much a resume sent again. */
  bytesTaken = 0
  private readonly server: FakeServer

  constructor(server: FakeServer) {
    this.server = server
  }

  stored(photoId: string): Upload | undefined {
    return [...this.uploads.values()].find((one) => one.photoId === photoId && one.picture !== null)
  }

  async answer(request: Request): Promise<Answer> {
    if (request.method === 'POST') return this.create(request)
    const upload = this.uploads.get(request.path.split('/').pop()!)
    if (!upload) return tusAnswer(404)
    if (!(await this.claimOf(request, { id: upload.photoId, sha256: upload.sha256 }))) return tusAnswer(401)
    if (request.method === 'PATCH') return this.append(request, upload)
    return this.withReceipt(upload, tusAnswer(200, {
      'Upload-Offset': String(upload.received.length), 'Upload-Length': String(upload.length),
    }))
  }

  private async create(request: Request): Promise<Answer> {
    const facts = Object.fromEntries((request.headers['upload-metadata'] ?? '').split(',').map((pair) => {
      const [key, value] = pair.split(' ')
      return [key, Buffer.from(value ?? '', 'base64').toString()]
    }))
    const { photo_id, sha256 } = facts as { photo_id: string; sha256: string }
    const claim = await this.claimOf(request, { id: photo_id, sha256 })
    if (!claim) return tusAnswer(401)
    const length = Number(request.headers['upload-length'])
    const known = this.stored(photo_id)
    if (known && known.sha256 === sha256) {
      return this.withReceipt(known, tusAnswer(201, { Location: '/api/v1/uploads/known', 'Upload-Offset': String(length) }))
    }
    const key = `u${this.uploads.size + 1}`
    const upload: Upload = { photoId: photo_id, sha256, length, received: new Uint8Array(), claim, facts, picture: null }
    const kept = request.body.length ? await this.take(request.body, upload) : tusAnswer(201)
    if (kept.status >= 300) return kept
    this.uploads.set(key, upload)
    return { ...kept, status: 201, headers: { ...kept.headers, Location: `/api/v1/uploads/${key}` } }
  }

  /** tus in node has no cookies: who is signed in at the server counts as their owner. */
  private claimOf(request: Request, photo: { id: string; sha256: string }): Promise<Claim | null> {
    const { headers } = request
    const session = this.server.isSignedIn ? this.server.user.id : null
    return this.server.claimOf(
      headers['ruhu-device'] ?? '', headers['ruhu-author'] ?? null, session,
      (jwk) => this.server.isSignedUpload(jwk, photo, headers),
    )
  }

  private async append(request: Request, upload: Upload): Promise<Answer> {
    if (Number(request.headers['upload-offset']) !== upload.received.length) return tusAnswer(409)
    return this.take(request.body, upload)
  }

  private async take(body: Uint8Array, upload: Upload): Promise<Answer> {
    this.bytesTaken += body.length
    upload.received = new Uint8Array(Buffer.concat([upload.received, body]))
    if (upload.received.length === upload.length) {
      upload.picture = await this.pictureOf(upload)
      if (!upload.picture) {
        upload.received = new Uint8Array()
        return tusAnswer(460)
      }
    }
    return this.withReceipt(upload, tusAnswer(204, { 'Upload-Offset': String(upload.received.length) }))
  }

  private async pictureOf(upload: Upload): Promise<Buffer | null> {
    const { sealed_key, size } = upload.facts
    try {
      const plain = sealed_key
        ? openPhoto(upload.photoId, await this.server.opener.openPhotoKey(upload.photoId, sealed_key), upload.received)
        : Buffer.from(upload.received)
      const isWhole = createHash('sha256').update(plain).digest('hex') === upload.sha256
      return isWhole && (!sealed_key || plain.length === Number(size)) ? plain : null
    } catch {
      return null
    }
  }

  private async withReceipt(upload: Upload, answer: Answer): Promise<Answer> {
    if (!upload.picture) return answer
    const receipt = await this.server.sign(upload.photoId, upload.sha256, 'stored')
    answer.headers['Ruhu-Receipt'] = Buffer.from(JSON.stringify(receipt)).toString('base64')
    return answer
  }
}

function tusAnswer(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'Tus-Resumable': '1.0.0', ...headers }, body: '' }
}
