import fc from 'fast-check'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { fileProblemCodes, rowProblemCodes } from '#replica/tables/table-problem.ts'
import { encodeGb18030 } from '../encode-gb18030.ts'
import { makeZip, workbookEntries } from '../make-zip.ts'
import { readAll, scratchFolder } from '../table-files.ts'

const FILES = 1000
const SEED = 20210324

const TEXT = [
  '时间,话题,数值',
  '2021-03-24 17:00,"黄轩终止, 与HM合作",5336570',
  '2021-03-24 19:00,"第一行\r\n第二行 ""引""",3157798',
  '',
  '2021-03-25,😡,1',
].join('\r\n')
const OBJECTS = [
  { 时间: '2021-03-24', 话题: '道歉 "声明"', 数值: 1, o: { a: [1, 2] } },
  { 时间: '2021-03-25', 话题: '\\', 数值: null },
]
const PARTS = workbookEntries({
  strings: '<si><t>话题</t></si><si><r><t>甲</t></r><r><t>乙</t></r></si>',
  styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>',
  rows: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>时间</t></is></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>44279.5</v></c><c r="C2"><f>1+1</f><v>2</v></c></row>',
})

interface Mutation {
  readonly kind: 'set' | 'insert' | 'remove' | 'repeat' | 'cut'
  readonly place: number
  readonly byte: number
  readonly length: number
}

const mutations = fc.array(
  fc.record<Mutation>({
    kind: fc.constantFrom('set', 'set', 'set', 'insert', 'remove', 'repeat', 'cut'),
    place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    // Bytes with a meaning in one of the formats are as frequent as all others together.
    byte: fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(...Buffer.from('",;\t\r\n\0{}[]:\\<>&/PK=\'')),
      fc.constantFrom(0x80, 0xff, 0xfe, 0xef),
    ),
    length: fc.integer({ min: 1, max: 64 }),
  }),
  { minLength: 1, maxLength: 8 },
)

function mutate(content: Uint8Array, changes: readonly Mutation[]): Buffer {
  let bytes = Buffer.from(content)
  for (const { kind, place, byte, length } of changes) {
    const at = Math.floor(place * bytes.length)
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
    if (kind === 'set') bytes = Buffer.concat([before, Buffer.of(byte), after.subarray(1)])
    else if (kind === 'insert') bytes = Buffer.concat([before, Buffer.alloc(length, byte), after])
    else if (kind === 'remove') bytes = Buffer.concat([before, after.subarray(length)])
    else if (kind === 'repeat') bytes = Buffer.concat([before, after.subarray(0, length), after])
    else bytes = Buffer.from(before)
  }
  return bytes
}

/** Reads many mutants of the samples; each must be read, or refused with a listed reason other than an unexpected failure. */
async function tryMutants(name: string, samples: readonly ((changes: readonly Mutation[]) => Buffer)[]): Promise<Set<string>> {
  const path = join(scratchFolder(), name)
  const outcomes = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...samples), mutations, async (sample, changes) => {
      writeFileSync(path, sample(changes))
      const { head, rows, problem } = await readAll(path)
      outcomes.add(problem?.code ?? 'read')
      if (problem !== null) expect(fileProblemCodes).toContain(problem.code)
      expect(problem?.code).not.toBe('reader-failed')
      let line = 0
      for (const row of rows) {
        expect(row.line).toBeGreaterThanOrEqual(line)
        line = row.line
        if (row.problem === undefined) expect(row.cells).toHaveLength(head?.columns.length ?? -1)
        else expect(rowProblemCodes).toContain(row.problem.code)
      }
    }),
    { numRuns: FILES, seed: SEED },
  )
  return outcomes
}

test('B1: 1,000 mutants of CSV files in three encodings', async () => {
  const contents = [Buffer.from(TEXT), encodeGb18030(TEXT), Buffer.from(`\uFEFF${TEXT}`, 'utf16le')]
  const outcomes = await tryMutants(
    'mutant.csv',
    contents.map((content) => (changes) => mutate(content, changes)),
  )
  expect([...outcomes]).toEqual(expect.arrayContaining(['read', 'quote-not-closed', 'binary-file']))
})

test('B1: 1,000 mutants of JSON files in three layouts', async () => {
  const contents = [
    JSON.stringify(OBJECTS),
    JSON.stringify({ rows: OBJECTS }, null, 1),
    OBJECTS.map((one) => JSON.stringify(one)).join('\n'),
  ]
  const outcomes = await tryMutants(
    'mutant.json',
    contents.map((content) => (changes) => mutate(Buffer.from(content), changes)),
  )
  expect([...outcomes]).toEqual(expect.arrayContaining(['read', 'bad-json']))
})

test('B1: 1,000 mutants of workbooks, as archives', async () => {
  const rows = [
    ['时间', '话题'],
    [{ value: new Date(0), type: Date, format: 'yyyy-mm-dd' }, '道歉'],
    [{ value: '1+1', type: 'Formula' as const }, 3],
  ]
  const contents = [await writeXlsxFile(rows).toBuffer(), makeZip(PARTS)]
  const outcomes = await tryMutants(
    'mutant.xlsx',
    contents.map((content) => (changes) => mutate(content, changes)),
  )
  expect([...outcomes]).toEqual(expect.arrayContaining(['read', 'archive-damaged']))
})

test('B1: 1,000 mutants of the parts inside workbooks', async () => {
  const samples = PARTS.map(
    (part) => (changes: readonly Mutation[]) =>
      makeZip(PARTS.map((entry) => (entry === part ? { ...entry, content: mutate(Buffer.from(entry.content), changes) } : entry))),
  )
  const outcomes = await tryMutants('mutant.xlsx', samples)
  expect([...outcomes]).toEqual(expect.arrayContaining(['read', 'workbook-damaged']))
})
