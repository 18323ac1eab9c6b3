// Runs the model: node tests/model/run.mjs --schedules 1000 --seed 1 [--path 12:0:3] [--schedule '[…]']
// or the same program over real sockets: node tests/model/run.mjs --facts facts.json
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '200' }, seed: { type: 'string', default: '20230901' },
    path: { type: 'string' }, schedule: { type: 'string' }, seconds: { type: 'string' }, python: { type: 'string' }, facts: { type: 'string' },
  },
})
// Inside the project, so that the libraries are found from there.
const folder = mkdtempSync(join(root, 'node_modules/.model-'))
const shared = {
  root, configFile: false, logLevel: 'error', define: { __APP_VERSION__: '"model"' },
}
try {
  await build({
    ...shared,
    build: {
      outDir: join(folder, 'phone'), minify: false, target: 'es2022',
      lib: { entry: join(root, 'tests/model/phone_program.ts'), formats: ['iife'], name: 'program', fileName: () => 'phone.js' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  await build({
    ...shared,
    build: {
      outDir: join(folder, 'model'), minify: false, target: 'node20', ssr: join(root, values.facts ? 'tests/model/on_the_line.ts' : 'tests/model/main.ts'),
      rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
    },
  })
  const { run } = await import(join(folder, 'model/main.mjs'))
  const isWell = await run({
    facts: values.facts && JSON.parse(readFileSync(values.facts, 'utf8')),
    program: readFileSync(join(folder, 'phone/phone.js'), 'utf8'), schedules: Number(values.schedules),
    seed: Number(values.seed), path: values.path, schedule: values.schedule && JSON.parse(values.schedule),
    python: values.python ?? resolve(root, '../../.venv/bin/python'), root: resolve(root, '../..'),
  })
  process.exitCode = isWell ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
