// tus-js-client as anybody uses it: node tus_js.mjs '{"url", "headers", "metadata", "file", "chunk", "during", "cut"}'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../frontend/field/package.json', import.meta.url))
const { Upload } = require('tus-js-client')
const told = JSON.parse(process.argv[2])
const bytes = readFileSync(told.file)

function bring(uploadUrl, stopAt) {
  return new Promise((resolve, reject) => {
    const seen = { requests: [], receipt: null, url: uploadUrl, stoppedAt: null }
    const upload = new Upload(bytes, {
      endpoint: told.url,
      uploadUrl,
      headers: told.headers,
      metadata: told.metadata,
      chunkSize: told.chunk,
      uploadDataDuringCreation: told.during,
      retryDelays: [50, 100, 200, 400, 800, 1600],
      onAfterResponse(request, response) {
        seen.requests.push(`${request.getMethod()} ${response.getStatus()}`)
        seen.receipt = response.getHeader('Ruhu-Receipt') ?? seen.receipt
      },
      onChunkComplete(_size, accepted) {
        seen.url = upload.url
        if (stopAt === undefined || accepted < stopAt) return
        seen.stoppedAt = accepted
        upload.abort().then(() => resolve(seen), reject)
      },
      onSuccess: () => resolve({ ...seen, url: upload.url }),
      onError: reject,
    })
    upload.start()
  })
}

const first = await bring(undefined, told.cut)
const last = first.stoppedAt === null ? first : await bring(first.url, undefined)
console.log(JSON.stringify({ first, last }))
