import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const WORTH_PACKING = 512

/** Puts every script and style packed beside itself (.br, .gz), so that the server packs nothing while a phone waits. */
export function packed(): Plugin {
  let folder = ''
  return {
    name: 'ruhu-packed',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir, config.build.assetsDir)
    },
    closeBundle(error?: Error) {
      if (error) return
      for (const name of readdirSync(folder).filter((one) => /\.(js|css)$/.test(one))) {
        const raw = readFileSync(join(folder, name))
        if (raw.length < WORTH_PACKING) continue
        writeFileSync(join(folder, `${name}.gz`), gzipSync(raw, { level: constants.Z_BEST_COMPRESSION }))
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(raw))
      }
    },
  }
}
