import { request as open } from 'node:http'
import type { Answer, Request } from './office'
import { cookieAfter } from './line'

/** After this a phone gives up waiting. */
const PATIENCE_MS = 20_000

/** A phone's network over real sockets, one connection a request; `port` may be that of a line that breaks. */
export class Wire {
  cookie = ''
  port: number

  constructor(port: number) {
    this.port = port
  }

  /** @throws Error where the line breaks, or nothing comes for 20 seconds */
  async call(request: Omit<Request, 'from'>, _window: object, withCookie: boolean): Promise<Answer> {
    const headers = { ...request.headers, 'Content-Length': String(request.body.length), ...(withCookie && this.cookie && { Cookie: this.cookie }) }
    const answer = await new Promise<Answer>((resolve, reject) => {
      const asked = open({ host: '127.0.0.1', port: this.port, method: request.method, path: request.path, headers, agent: false }, (came) => {
        const parts: Buffer[] = []
        came.on('data', (part: Buffer) => parts.push(part))
        came.on('error', reject)
        came.on('aborted', () => reject(new Error('cut while answering')))
        came.on('end', () => resolve({ status: came.statusCode!, headers: named(came.rawHeaders), body: Buffer.concat(parts) }))
      })
      asked.setTimeout(PATIENCE_MS, () => asked.destroy(new Error('nothing came')))
      asked.on('error', reject)
      asked.end(request.body)
    })
    if (withCookie) this.cookie = cookieAfter(answer, this.cookie)
    return answer
  }

  forget(): void {}
}

/** As the server spelt them; of one name several stand in lines. */
function named(raw: string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (let at = 0; at < raw.length; at += 2) found[raw[at]!] = found[raw[at]!] === undefined ? raw[at + 1]! : `${found[raw[at]!]}\n${raw[at + 1]!}`
  return found
}
