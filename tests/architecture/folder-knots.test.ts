import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findKnots, type Source } from './folder-knots.ts'
import { root } from './make-skeleton.ts'

// Folders that import each other can only be understood, changed and tested together.

async function readPart(part: string): Promise<Source[]> {
  const names = (await readdir(join(root, part), { recursive: true })).filter((name) => /\.tsx?$/u.test(name))
  return Promise.all(names.map(async (name) => ({ path: join(part, name), text: await readFile(join(root, part, name), 'utf8') })))
}

test('a circle of folders is found, however it is imported, and a chain is none', () => {
  const file = (path: string, ...names: string[]): Source => ({
    path: `src/domain/${path}`,
    text: names.map((name) => `import {\n  one,\n} from '${name}'\n`).join(''),
  })
  const chain = [file('tasks/task.ts', '../log/op.ts', '../step.ts'), file('plans/plan.ts', '../tasks/task.ts', './shipped/one.ts')]
  expect(findKnots(chain, 'src/domain')).toEqual([])
  expect(findKnots([...chain, file('log/op.ts', '#domain/plans/shipped/one.ts')], 'src/domain')).toEqual([['log', 'plans', 'tasks']])
  const late: Source = { path: 'src/domain/tasks/late.ts', text: "await import('../plans/plan.ts')" }
  expect(findKnots([...chain, late], 'src/domain')).toEqual([['plans', 'tasks']])
  const typed: Source = { path: 'src/domain/tasks/typed.ts', text: "let plan: import('../plans/plan.ts').Plan" }
  expect(findKnots([...chain, typed], 'src/domain')).toEqual([['plans', 'tasks']])
})

test.each(['src/domain', 'src/replica', 'src/workspace'])('no folders of %s import each other in a circle', async (part) => {
  const sources = await readPart(part)
  expect(sources.length).toBeGreaterThan(50)
  expect(findKnots(sources, part)).toEqual([])
})
