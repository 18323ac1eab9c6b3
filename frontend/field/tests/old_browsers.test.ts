import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ResolvedConfig } from 'vite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { oldBrowsers } from '../build/old-browsers'

let folder = ''
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'built-')) })
afterEach(() => rmSync(folder, { recursive: true }))

/** Ends a build whose only files are these. */
async function build(script: string, style = 'p { margin: 0 }'): Promise<void> {
  writeFileSync(join(folder, 'main.js'), script)
  writeFileSync(join(folder, 'main.css'), style)
  const plugin = oldBrowsers(['Chrome 80', 'Safari 14']) as unknown as {
    configResolved: (config: ResolvedConfig) => void; closeBundle: () => Promise<void>
  }
  plugin.configResolved({ root: folder, build: { outDir: folder } } as ResolvedConfig)
  await plugin.closeBundle()
}

// Both readers are large programs: the first test starts them.
vi.setConfig({ testTimeout: 60_000 })

describe('a build for Chrome 80 and Safari 14', () => {
  it.each([
    ['an interface', 'structuredClone({})', 'structuredClone'],
    ['a method of arrays', 'export const sorted = (rows) => rows.toSorted()', 'old browser does not have'],
    ['a method of texts', "export const dashed = (text) => text.replaceAll(' ', '-')", 'old browser does not have'],
    ['a sign', 'let a = null; a ??= 1', 'Parsing error'],
  ])('fails on %s that they do not know', async (_what, script, said) => {
    await expect(build(script)).rejects.toThrow(said)
  })

  it.each([
    ['a selector', 'p:has(b) { margin: 0 }', 'has'],
    ['gaps outside a grid', 'p { display: flex; gap: 4px }', 'gap'],
  ])('fails on %s that they do not know', async (_what, style, said) => {
    await expect(build('export const a = 1', style)).rejects.toThrow(said)
  })

  it('lets through what they know, and wrappers that nobody calls', async () => {
    await build('export const wrapped = { toSorted(by) { return this.raw.toSorted(by) }, findLast(is) { return this.raw.findLast(is) } }')
    await build('export const flat = (rows) => rows.flatMap((one) => one?.list ?? [])')
  })
})
