import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { firstScreenBudget } from './build/first-screen.ts'
import { oldBrowsers } from './build/old-browsers.ts'
import { packed } from './build/packed.ts'
import { serviceWorker } from './build/service-worker.ts'

const root = import.meta.dirname ?? resolve('.')
const BROWSERS = ['Chrome 80', 'Safari 14']
const TARGETS = BROWSERS.map((name) => name.toLowerCase().replace(' ', ''))
// On a village's line a file costs more than its bytes: what is needed together travels together.
const PARTS = [
  { name: 'first', tags: ['$initial' as const], priority: 9 },
  { name: 'round', test: /(sync\/(round|app_update)|icons\/more)\.ts|store\/(vault_reclose|seal)\.ts|components\/(NoticeBlock|EmptyTasks)\.vue/, priority: 7 },
  { name: 'household', test: /views\/(Case|Observe|Attempt|Urgent)Page\.vue|components\/DialSheet\.vue/, priority: 6 },
  { name: 'form', test: /views\/(Section|Finish|Hints)Page\.vue/, priority: 5 },
  { name: 'office', test: /views\/\w+Page\.vue/, priority: 4 },
]

export default defineConfig({
  root,
  base: '/static/field/',
  publicDir: false,
  plugins: [vue(), firstScreenBudget({ maxGzipBytes: 75 * 1024 }), serviceWorker(), packed(), oldBrowsers(BROWSERS)],
  define: {
    __APP_VERSION__: JSON.stringify(process.env.npm_package_version ?? '0.1.0'),
    __VUE_OPTIONS_API__: 'false',
  },
  build: {
    outDir: resolve(root, '../static/field'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: TARGETS,
    cssTarget: TARGETS,
    assetsInlineLimit: 0,
    rolldownOptions: { input: resolve(root, 'src/main.ts'), output: { codeSplitting: { groups: PARTS } } },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['tests/setup.ts'],
    // Node shares its Web Locks among threads; each file is a phone of its own.
    pool: 'forks',
    maxWorkers: 2,
  },
})
