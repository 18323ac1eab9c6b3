import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { build, type Plugin, type ResolvedConfig } from 'vite'

export type PrecacheEntry = { url: string; revision: string }

const NOT_PRECACHED = new Set(['manifest.json', 'sw.js', 'sw-kill.js'])
const PRECACHED_KINDS = /\.(js|css|svg|woff2|png|webp|ico)$/

/** Every built file with the hash of its content, the order stable for a stable worker. */
export function precacheList(outDir: string, base: string): PrecacheEntry[] {
  return readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(outDir, join(entry.parentPath, entry.name)).replace(/\\/g, '/'))
    .filter((name) => !NOT_PRECACHED.has(name) && PRECACHED_KINDS.test(name))
    .sort()
    .map((name) => ({
      url: base + name,
      revision: createHash('sha256').update(readFileSync(join(outDir, name))).digest('hex').slice(0, 16),
    }))
}

/**
 * Builds src/sw.ts and src/sw-kill.ts beside the app, each as one classic script:
 * the precache list is only known once the app itself is on disk.
 */
export function serviceWorker(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'ruhu-service-worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved
    },
    async writeBundle() {
      const outDir = resolve(config.root, config.build.outDir)
      const list = precacheList(outDir, config.base)
      for (const name of ['sw', 'sw-kill']) {
        await buildWorker(config, outDir, name, list)
      }
      console.log(`service worker: ${list.length} files precached`)
    },
  }
}

async function buildWorker(
  config: ResolvedConfig, outDir: string, name: string, list: PrecacheEntry[],
): Promise<void> {
  await build({
    configFile: false,
    root: config.root,
    publicDir: false,
    logLevel: 'warn',
    define: { __PRECACHE__: JSON.stringify(list) },
    build: {
      outDir,
      emptyOutDir: false,
      target: config.build.target as string[],
      rolldownOptions: {
        input: resolve(config.root, `src/${name}.ts`),
        output: { format: 'iife', entryFileNames: `${name}.js` },
      },
    },
  })
}
