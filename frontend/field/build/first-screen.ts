import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

type Sized = { code?: string; source?: string | Uint8Array }

/**
 * Prints what the first screen weighs (gzip bytes of the entry, the chunks it imports
 * statically and their CSS) and fails the build above `maxGzipBytes`.
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
      Object.values(bundle).forEach((file) => {
        if (file.type === 'chunk' && file.isEntry) visit(file.fileName)
      })
      let total = 0
      for (const name of wanted) {
        const file = bundle[name] as Sized
        total += gzipSync(Buffer.from(file.code ?? file.source ?? '')).length
      }
      const line = `first screen: ${wanted.size} files, ${total} bytes gzip (limit ${options.maxGzipBytes})`
      if (total > options.maxGzipBytes) this.error(line)
      console.log(line)
    },
  }
}
