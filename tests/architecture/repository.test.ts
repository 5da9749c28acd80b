import { execFile } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from './make-skeleton.ts'

const source = (await readdir(join(root, 'src'), { recursive: true, withFileTypes: true })).map((entry) => ({
  name: entry.name,
  path: join(entry.parentPath, entry.name),
  isFolder: entry.isDirectory(),
}))
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

test('no file in src has more than 400 code lines', async () => {
  const files = source.filter(({ path }) => /\.(?:tsx?|css)$/u.test(path))
  const counted = await Promise.all(files.map(async ({ path }) => ({ path, lines: countCodeLines(await readFile(path, 'utf8')) })))
  expect(counted.length).toBeGreaterThan(0)
  expect(counted.filter(({ lines }) => lines > 400)).toEqual([])
})

/** Number of lines that contain more than a comment. */
function countCodeLines(text: string): number {
  const uncommented = text.replaceAll(/^\s*\/\*[\s\S]*?\*\//gmu, '').replaceAll(/^\s*\/\/.*$/gmu, '')
  return uncommented.split('\n').filter((line) => line.trim() !== '').length
}

test('names say what is inside: no drawer for everything, folders and .ts files in kebab-case, components in PascalCase', () => {
  const drawers = ['utils', 'util', 'common', 'shared', 'lib', 'libs', 'helpers', 'helper', 'misc']
  expect(source.filter(({ name }) => drawers.includes(name.replace(/\.\w+$/u, '')))).toEqual([])
  const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.d|\.module)?(?:\.\w+)?$/u
  const wrong = source.filter(({ name, isFolder }) => {
    if (isFolder || name.endsWith('.ts')) return !kebab.test(name) && name !== 'zh-Hans'
    if (name.endsWith('.tsx')) return !/^(?:[A-Z][A-Za-z0-9]*|[a-z0-9-]+)\.tsx$/u.test(name)
    return false
  })
  expect(wrong).toEqual([])
})

test('CONTRIBUTING.md names every script that a person runs', async () => {
  const page = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8')
  const names = Object.keys(manifest.scripts).filter((name) => !name.startsWith('pre'))
  expect(names.length).toBeGreaterThan(8)
  expect(names.filter((name) => !new RegExp(`npm (?:run (?:-s )?)?${name}\\b`, 'u').test(page))).toEqual([])
})

test('the top level holds what a newcomer expects and nothing else', async () => {
  const allowed = new Set([
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'electron.vite.config.ts',
    'src',
    'resources',
    'build',
    'tests',
    'docs',
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
  ])
  const listed = await promisify(execFile)('git', ['ls-files'], { cwd: root, maxBuffer: 16 * 1024 * 1024 })
  const top = new Set(
    listed.stdout
      .split('\n')
      .filter(Boolean)
      .map((path) => path.split('/')[0] ?? ''),
  )
  expect(top.size).toBeGreaterThan(5)
  expect([...top].filter((name) => !name.startsWith('.') && !allowed.has(name))).toEqual([])
})
