type Bytes = Uint8Array<ArrayBuffer>

/** null where the browser cannot: Chrome has gzip from version 80 on, deflate-raw from 103 on. */
export async function compress(bytes: Bytes, format: 'gzip' | 'deflate-raw'): Promise<Bytes | null> {
  let stream: CompressionStream
  try {
    stream = new CompressionStream(format)
  } catch {
    return null
  }
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())
}
