import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSkeleton, root, type Skeleton } from './make-skeleton.ts'
import { lint, typeCheck, type Refusal } from './run-checkers.ts'

// Each file in wrong/ breaks one rule. Its first lines state where in the tree it would be, which rule must refuse it there, and
// a part of the message that must tell its author what to do instead.

type WrongFile = { name: string; place: string; refused: string; saying: string; text: string }

const folder = join(import.meta.dirname, 'wrong')

async function readWrongFile(name: string): Promise<WrongFile> {
  const text = await readFile(join(folder, name), 'utf8')
  const said = (key: string): string => new RegExp(`^// ${key}: ?(?<value>.*)$`, 'mu').exec(text)?.groups?.['value']?.trim() ?? ''
  return { name, place: said('place'), refused: said('refused'), saying: said('saying'), text }
}

const names = (await readdir(folder)).toSorted()
const wrongFiles = await Promise.all(names.map(readWrongFile))
const longFile = 'src/hub/too-long.ts'
const longEnoughFile = 'src/hub/just-short-enough.ts'
const lines = (count: number): string =>
  Array.from(
    { length: count },
    (_, line) => `export const line${line} = ${line};\n\n// A comment and an empty line count for nothing.\n`,
  ).join('')

let skeleton: Skeleton
let clean: Refusal[]
let refusals: Refusal[]

beforeAll(async () => {
  skeleton = await makeSkeleton()
  clean = [...(await typeCheck(skeleton.folder)), ...(await lint(skeleton.folder)).refusals]
  for (const { place, text } of wrongFiles) await skeleton.write(place, text)
  await skeleton.write(longFile, lines(401))
  await skeleton.write(longEnoughFile, lines(400))
  refusals = [...(await typeCheck(skeleton.folder)), ...(await lint(skeleton.folder)).refusals]
})
afterAll(() => skeleton.remove())

test('the tree without the wrong files is refused nothing', () => {
  expect(clean).toEqual([])
})

test('there are wrong files, each at a place of its own', () => {
  expect(wrongFiles.length).toBeGreaterThan(40)
  expect(new Set(wrongFiles.map(({ place }) => place)).size).toBe(wrongFiles.length)
})

test.each(wrongFiles)('$name is refused by $refused', ({ place, refused, saying }) => {
  const said = refusals.filter(({ file }) => file === place)
  expect(said).toContainEqual({ file: place, rule: refused, says: expect.stringContaining(saying) })
})

test('a file of 401 code lines is refused, one of 400 is not', () => {
  expect(refusals.filter(({ rule }) => rule === 'max-lines').map(({ file }) => file)).toEqual([longFile])
})

test('every sentence of the lint rules is said to some wrong file', async () => {
  const rules = await readFile(join(root, '.oxlintrc.json'), 'utf8')
  const sentences = new Set([...rules.matchAll(/"message": "(?<sentence>[^"]+)"/gu)].map(({ groups }) => groups?.['sentence'] ?? ''))
  expect(sentences.size).toBeGreaterThan(10)
  expect([...sentences].filter((sentence) => !refusals.some(({ says }) => says.includes(sentence)))).toEqual([])
})
