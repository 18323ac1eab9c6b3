import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')
// Nobody waits for the other icons, so these must not wait for them either.
const AT_ONCE = [
  'App', 'views/TasksPage', 'views/SignInPage', 'views/LockPage', 'views/NewPinPage', 'components/HomeBar', 'components/MainDock',
  'components/NetBar', 'components/CaseRow', 'components/StatusTag', 'components/DayLeaf', 'components/EmptyTasks',
  'components/NoticeBlock', 'components/PinScreen', 'components/PasswordField', 'components/CodeBoxes', 'components/TopBar',
  'components/ActBar',
]
const text = (name: string): string => readFileSync(join(SRC, name), 'utf-8')
const idsIn = (name: string): string[] => [...text(`icons/${name}.svg`).matchAll(/<symbol id="i-([\w-]+)"/g)].map((found) => found[1] ?? '')
const namedIn = (source: string): string[] => [...source.matchAll(/<AppIcon name="([\w-]+)"/g)].map((found) => found[1] ?? '')
const quotedIn = (source: string): Set<string> => new Set([...source.matchAll(/'([\w-]+)'/g)].map((found) => found[1] ?? ''))

it('every icon that a component names is in one of the two sprites, and in one only', () => {
  const [first, more] = [idsIn('sprite'), idsIn('more')]
  expect(first.filter((id) => more.includes(id))).toEqual([])
  const components = readdirSync(SRC, { recursive: true }).map(String).filter((name) => name.endsWith('.vue'))
  const named = new Set(components.flatMap((name) => namedIn(text(name))))
  expect([...named].filter((id) => ![...first, ...more].includes(id))).toEqual([])
})

it('what stands before the list, and the list, find theirs in the first', () => {
  const more = idsIn('more')
  const late = AT_ONCE.flatMap((name) => {
    const source = text(`${name}.vue`)
    const quoted = quotedIn(source)
    return more.filter((id) => namedIn(source).includes(id) || quoted.has(id)).map((id) => `${name}: ${id}`)
  })
  expect(late).toEqual([])
})

it('the build keeps the file that only puts the later icons into the page', () => {
  const { sideEffects } = JSON.parse(readFileSync(join(SRC, '../package.json'), 'utf-8')) as { sideEffects: string[] }
  expect(sideEffects).toContain('src/icons/more.ts')
})
