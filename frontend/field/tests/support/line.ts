import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { Answer, FakeServer, Request } from './fake_server'

const plainFetch = globalThis.fetch

/** Node has no cookies; a browser sends its own wherever a request does not leave them out. */
const fetchWithCookie: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  if (init?.credentials !== 'omit') headers.set('cookie', 'session=1')
  return plainFetch(input, { ...init, headers })
}

/** A real socket in front of the fake server, which `server.fault` can cut. */
export class Line {
  private readonly http: Server
  private readonly server: FakeServer

  constructor(server: FakeServer) {
    this.server = server
    this.http = createServer((incoming, outgoing) => void this.serve(incoming, outgoing))
    this.http.keepAliveTimeout = 1
  }

  async open(): Promise<string> {
    globalThis.fetch = fetchWithCookie
    await new Promise<void>((resolve) => this.http.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}/api/v1`
  }

  async close(): Promise<void> {
    globalThis.fetch = plainFetch
    this.http.closeAllConnections()
    await new Promise((resolve) => this.http.close(resolve))
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    try {
      for await (const part of incoming) parts.push(part as Buffer)
    } catch {
      return
    }
    const sent = Buffer.concat(parts)
    const body = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
    this.server.bytesTaken += sent.length
    const request: Request = {
      method: incoming.method!, path: incoming.url!,
      headers: incoming.headers as Record<string, string>, body: new Uint8Array(body),
    }
    this.server.requests.push(`${request.method} ${request.path}`)
    const fault = this.server.fault(request, this.server.requests.length)
    if (fault === 'stall') return
    if (fault === 'drop_before') return void incoming.socket.destroy()
    const answer = typeof fault === 'object' ? fault : await this.server.answer(request)
    if (fault === 'drop_after') return void incoming.socket.destroy()
    send(outgoing, answer)
  }
}

function send(outgoing: ServerResponse, answer: Answer): void {
  outgoing.writeHead(answer.status, { Connection: 'close', ...answer.headers })
  outgoing.end(answer.body)
}
