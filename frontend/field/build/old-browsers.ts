import { resolve } from 'node:path'
import { ESLint } from 'eslint'
import compat from 'eslint-plugin-compat'
import stylelint from 'stylelint'
import type { Plugin } from 'vite'

// Each is looked for before it is used, and there is a way without it.
const LOOKED_FOR = ['OffscreenCanvas', 'CompressionStream', 'Blob.stream']
// An outline, a gesture or a bounce more than elsewhere, a slower list, or a line broken less well: nothing is lost without them.
const BEARABLE = ['css-focus-visible', 'css-touch-action', 'css-overscroll-behavior', 'css-content-visibility', 'css-text-wrap-balance']
// The compat rules know no methods of arrays and texts, since they do not know what a variable holds.
const YOUNG_METHODS = '/^(at|findLast|findLastIndex|replaceAll|toReversed|toSorted|toSpliced)$/'
// Vue wraps those of reactive arrays under their own names; a wrapper that nobody calls is no call.
const YOUNG_CALLS = `CallExpression[callee.property.name=${YOUNG_METHODS}]:not(Property[key.name=${YOUNG_METHODS}] CallExpression)`
// Chrome before 84 knows gaps only between the tracks of a grid.
const GAPS = ['gap', 'row-gap', 'column-gap']

/** Reads what was built, workers included, as `browsers` would, and fails on what one of them does not know. */
export function oldBrowsers(browsers: string[]): Plugin {
  let folder = ''
  return {
    name: 'ruhu-old-browsers',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    async closeBundle(error?: Error) {
      if (error) return
      const found = [...await unknownInScripts(folder, browsers), ...await unknownInStyles(folder, browsers)]
      if (found.length) throw new Error(`unknown to ${browsers.join(' or ')}:\n${found.join('\n')}`)
      console.log(`old browsers: all files read as ${browsers.join(' and ')}`)
    },
  }
}

async function unknownInScripts(folder: string, browsers: string[]): Promise<string[]> {
  const reader = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [{
      plugins: { compat },
      rules: {
        'compat/compat': 'error',
        'no-restricted-syntax': ['error', { selector: YOUNG_CALLS, message: 'a method that an old browser does not have' }],
      },
      // Chrome 80 and Safari 14 both read all of ES2020, and not all of ES2021.
      languageOptions: { ecmaVersion: 2020, sourceType: 'module' },
      settings: { targets: browsers, polyfills: LOOKED_FOR, lintAllEsApis: true },
    }],
  })
  const read = await reader.lintFiles(['**/*.js'])
  return read.flatMap(({ filePath, messages }) => messages.map((one) => `${filePath}:${one.line}:${one.column}: ${one.message}`))
}

async function unknownInStyles(folder: string, browsers: string[]): Promise<string[]> {
  const rule = [true, { browsers, ignore: BEARABLE, ignorePartialSupport: true }]
  const { results } = await stylelint.lint({
    files: `${folder}/**/*.css`,
    config: {
      plugins: ['stylelint-no-unsupported-browser-features'],
      rules: { 'plugin/no-unsupported-browser-features': rule, 'property-disallowed-list': [GAPS] },
    },
  })
  return results.flatMap(({ source, warnings }) => warnings.map((one) => `${source}: ${one.text}`))
}
