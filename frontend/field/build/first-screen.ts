import { constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

type Sized = { code?: string; source?: string | Uint8Array }

/**
 * Prints what the first screen weighs (gzip bytes of the entry, the chunks it imports statically and their CSS).
 * Fails the build when it is over `maxGzipBytes`.
 */
export function firstScreenBudget(options: { maxGzipBytes: number }): Plugin {
  return {
    name: 'ruhu-first-screen',
    apply: 'build',
    generateBundle(_output, bundle) {
      const wanted = new Set<string>()
      const visit = (name: string): void => {
        const file = bundle[name]
        if (!file || wanted.has(name)) return
        wanted.add(name)
        if (file.type !== 'chunk') return
        file.imports.forEach(visit)
        const css = (file as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss
        css?.forEach(visit)
      }
      Object.values(bundle).forEach((file) => { if (file.type === 'chunk' && file.isEntry) visit(file.fileName) })
      const first = [...wanted].reduce((sum, name) => {
        const file = bundle[name] as Sized
        return sum + gzipSync(Buffer.from(file.code ?? file.source ?? ''), { level: constants.Z_BEST_COMPRESSION }).length
      }, 0)
      const line = `first screen: ${first} bytes gzip in ${wanted.size} files (limit ${options.maxGzipBytes})`
      if (first > options.maxGzipBytes) this.error(line)
      console.log(line)
    },
  }
}
