import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './make-skeleton.ts'

// A rule for a folder that no longer exists refuses nothing, and nobody notices.

type Rules = { rules?: Record<string, unknown> }

/** The lint configuration, which contains comments and is therefore not plain JSON. */
async function readOverrides(): Promise<(Rules & { files: string[] })[]> {
  const text = await readFile(join(root, '.oxlintrc.json'), 'utf8')
  const bare = text.replaceAll(/^\s*\/\/.*$/gmu, '')
  return (JSON.parse(bare) as { overrides: (Rules & { files: string[] })[] }).overrides
}

const overrides = await readOverrides()
const tree = (await readdir(root, { recursive: true }))
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /^(?:src|tests|build|\.ci)\b|^[^/]+$/u.test(path) && !path.includes('node_modules'))

/** Whether a path of the tree matches a glob of `*`, `**` and literals. */
function fits(glob: string, path: string): boolean {
  const pattern = glob
    .replaceAll('.', String.raw`\.`)
    .replaceAll('**/', '§/')
    .replaceAll('**', '.+')
    .replaceAll('*', '[^/]+')
    .replaceAll('§/', '(?:.+/)?')
  return new RegExp(`^${pattern}$`, 'u').test(path)
}

test('every path that a lint rule names exists', () => {
  const globs = overrides.flatMap(({ files }) => files)
  expect(globs.length).toBeGreaterThan(15)
  expect(globs.filter((glob) => !tree.some((path) => fits(glob, path)))).toEqual([])
})

test('every folder of the replica has its place in the order', async () => {
  const folders = (await readdir(join(root, 'src/replica'), { withFileTypes: true })).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  )
  const ordered = overrides.flatMap(({ files }) => files).flatMap((glob) => /^src\/replica\/([\w-]+)\/\*\*$/u.exec(glob)?.[1] ?? [])
  expect([...ordered, 'services'].toSorted()).toEqual(folders.toSorted())
})
