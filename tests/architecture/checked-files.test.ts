import { readdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { findProjects, root } from './make-skeleton.ts'
import { runTool } from './run-checkers.ts'

// A checker that sees no file always passes. This test counts the files of the real tree: each source file is checked by the
// compiler, in one part only, and by lint.

const slashed = (path: string): string => path.replaceAll('\\', '/')

async function findCode(top: string): Promise<string[]> {
  const found = await readdir(join(root, top), { recursive: true })
  return found
    .map((name) => slashed(join(top, name)))
    .filter((path) => /\.tsx?$/u.test(path) && !path.startsWith('tests/architecture/wrong/'))
}

const code = [...(await findCode('src')), ...(await findCode('tests'))].toSorted()

test('the compiler checks every file in exactly one part', async () => {
  const projects = await findProjects()
  const seen = await Promise.all(
    projects.map(async (project) => {
      const listed = await runTool('typescript/bin/tsc', ['-p', project, '--listFilesOnly'], root)
      const own = `${slashed(dirname(project))}/`
      return listed
        .split(/\r?\n/u)
        .map((path) => slashed(relative(root, path)))
        .filter((path) => path.startsWith(own))
    }),
  )
  expect(code.length).toBeGreaterThan(50)
  expect(
    seen
      .flat()
      .filter((path) => /\.tsx?$/u.test(path))
      .toSorted(),
  ).toEqual(code)
})

test('every part is built by tsc -b', async () => {
  const config = await runTool('typescript/bin/tsc', ['--showConfig'], root)
  const { references } = JSON.parse(config) as { references: { path: string }[] }
  const projects = (await findProjects()).map((project) => slashed(dirname(project)))
  expect(references.map(({ path }) => slashed(relative(root, join(root, path)))).toSorted()).toEqual(projects.toSorted())
})

test('lint looks at every file', async () => {
  const listed = await runTool('oxlint/bin/oxlint', ['--debug=files'], root)
  const seen = new Set(listed.split(/\r?\n/u).map(slashed))
  expect(code.filter((path) => !seen.has(path))).toEqual([])
})
