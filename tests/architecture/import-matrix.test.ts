import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSkeleton, parts, type Part, type Skeleton } from './make-skeleton.ts'
import { lint, typeCheck, type Refusal } from './run-checkers.ts'

// The complete import table: for every pair of parts, a file is written that imports across, by name, by name for a type only,
// and by a relative path. tsc -b and lint together must allow exactly what is listed here.

const mayImport: Record<Part, readonly Part[]> = {
  domain: ['domain'],
  contract: ['contract', 'domain'],
  storage: ['storage', 'domain'],
  replica: ['replica', 'domain', 'contract', 'storage'],
  hub: ['hub', 'domain', 'contract', 'storage'],
  workspace: ['workspace', 'domain', 'contract', 'storage', 'replica', 'hub'],
  browser: ['browser', 'domain', 'contract', 'workspace'],
  'command-line': ['domain', 'contract', 'workspace', 'browser'],
  'desktop/main': ['domain', 'contract', 'workspace'],
  'desktop/preload': ['domain', 'contract'],
  renderer: ['domain', 'contract'],
  web: ['web', 'domain', 'contract'],
}

/** The parts that have an import name in package.json. No part imports the others. */
const named: readonly Part[] = ['domain', 'contract', 'storage', 'replica', 'hub', 'workspace', 'browser', 'web']

const pairs = parts.flatMap((from) => named.map((to) => ({ from, to })))
const fileOf = (from: Part, to: Part, how: string): string => `src/${from}/${how}-${to}.ts`

let skeleton: Skeleton
let refused: Refusal[]
let checkedFiles: number

beforeAll(async () => {
  skeleton = await makeSkeleton()
  for (const { from, to } of pairs) {
    const up = '../'.repeat(from.split('/').length)
    // The compiler reports a file that it should not see only once, at one of its importers: each import gets its own file.
    const target = (how: string): string => `seen-from-${from.replace('/', '-')}-by-${how}.ts`
    for (const how of ['name', 'type', 'path'])
      await skeleton.write(`src/${to}/${target(how)}`, 'export const seen = 1;\nexport type Seen = number;\n')
    await skeleton.write(fileOf(from, to, 'name'), `import { seen } from '#${to}/${target('name')}';\nexport const sum: number = seen;\n`)
    await skeleton.write(fileOf(from, to, 'type'), `import type { Seen } from '#${to}/${target('type')}';\nexport const sum: Seen = 1;\n`)
    await skeleton.write(
      fileOf(from, to, 'path'),
      `import { seen } from '${up}${to}/${target('path')}';\nexport const sum: number = seen;\n`,
    )
  }
  const linted = await lint(skeleton.folder)
  checkedFiles = linted.checkedFiles
  refused = [...(await typeCheck(skeleton.folder)), ...linted.refusals]
})
afterAll(() => skeleton.remove())

const isRefused = (file: string): boolean => refused.some((refusal) => refusal.file === file)

test('both checkers saw the files', () => {
  expect(checkedFiles).toBeGreaterThan(3 * pairs.length)
  expect(refused.some(({ rule }) => rule === 'TS6307')).toBe(true)
  expect(refused.some(({ rule }) => rule === 'no-restricted-imports')).toBe(true)
})

test.each(parts)('%s imports by name exactly what it may', (from) => {
  for (const how of ['name', 'type']) {
    expect(named.filter((to) => !isRefused(fileOf(from, to, how))).toSorted(), `${how} imports let through`).toEqual(
      named.filter((to) => mayImport[from].includes(to)).toSorted(),
    )
  }
})

test.each(parts)('%s reaches no other part by a relative path', (from) => {
  expect(named.filter((to) => to !== from && !isRefused(fileOf(from, to, 'path')))).toEqual([])
})
