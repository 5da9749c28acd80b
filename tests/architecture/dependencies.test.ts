import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './make-skeleton.ts'

type Locked = {
  version?: string
  resolved?: string
  integrity?: string
  link?: boolean
  dev?: boolean
  license?: string
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>
const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
const locked = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ path, ...entry }))

test('every package comes from a registry with a checksum, and the lockfile names no host', () => {
  expect(locked.length).toBeGreaterThan(100)
  expect(locked.filter(({ integrity }) => integrity === undefined || !integrity.startsWith('sha512-')).map(({ path }) => path)).toEqual([])
  expect(locked.filter(({ resolved, link }) => resolved !== undefined || link === true).map(({ path }) => path)).toEqual([])
})

test('every package that a locked one asks for is locked too, those for other machines as well: npm ci refuses the rest', () => {
  const missing = locked.flatMap(({ path, dependencies, optionalDependencies }) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !standsAbove(path, name))
      .map((name) => `${path} → ${name}`),
  )
  expect(missing).toEqual([])
})

/** Whether Node finds `name` when it resolves from inside `path` outwards. */
function standsAbove(path: string, name: string): boolean {
  if (`${path}/node_modules/${name}` in lock.packages) return true
  if (!path.includes('node_modules/')) return `node_modules/${name}` in lock.packages
  return standsAbove(path.slice(0, path.lastIndexOf('node_modules/')).replace(/\/$/u, ''), name)
}

test('our own dependencies are pinned to one version, none is a git address, an archive, a folder or an alias', () => {
  const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u.test(version))).toEqual([])
  const inside = locked.flatMap(({ path, dependencies }) =>
    Object.entries(dependencies ?? {}).map(([name, version]) => `${path} → ${name}@${version}`),
  )
  expect(inside.filter((line) => /@(?:git|https?|file|github):/u.test(line))).toEqual([])
})

/** Licences that allow shipping inside a closed product with at most a notice. */
const allowed = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'Unlicense',
  'CC0-1.0',
  'BlueOak-1.0.0',
  'Zlib',
  'Python-2.0',
])

/** Packages whose manifest states no licence in the current form, and the licence that is known instead. */
const stated: Record<string, string> = {
  // States MIT in the old list form, `licenses`.
  'xmlhttprequest-ssl': 'MIT',
}

test('what is shipped is licensed permissively', () => {
  const shipped = locked.filter(({ dev }) => dev !== true)
  const refused = shipped
    .map(({ path, license }) => ({ name: path.split('node_modules/').at(-1) ?? path, license }))
    .filter(({ name, license }) => !permits(stated[name] ?? license ?? 'none stated'))
  expect(shipped.length).toBeGreaterThan(50)
  expect(refused).toEqual([])
})

test('each exception is still needed', () => {
  const names = new Set(locked.map(({ path }) => path.split('node_modules/').at(-1)))
  expect(Object.keys(stated).filter((name) => !names.has(name))).toEqual([])
})

/** Evaluates an SPDX expression of one level: any side of OR, every side of AND. */
function permits(expression: string): boolean {
  const bare = expression.replaceAll(/[()]/gu, '')
  return bare.split(' OR ').some((side) => side.split(' AND ').every((name) => allowed.has(name.trim())))
}

test('an expression of licences is read right', () => {
  expect(['MIT', '(MIT OR GPL-3.0-or-later)', '(MIT AND Zlib)'].filter(permits)).toHaveLength(3)
  expect(['GPL-3.0-only', '(MIT AND GPL-3.0-only)', 'none stated', 'SEE LICENSE IN FILE'].filter(permits)).toEqual([])
})
