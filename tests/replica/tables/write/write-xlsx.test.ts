import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { cellIn, readSheets, styleOf, workbookPartsOf } from '#tests/support/excel-sheets.ts'
import { nameSheets } from '#replica/tables/write/sheet-names.ts'
import type { Cell } from '#replica/tables/write/table-cell.ts'
import { EXCEL_CELL_LENGTH, EXCEL_ROWS, writeXlsx, type SheetToWrite } from '#replica/tables/write/write-xlsx.ts'
import { readAll, scratchFolder } from '../table-files.ts'
import { PAYLOADS } from './payloads.ts'

async function workbookOf(...sheets: SheetToWrite[]): Promise<string> {
  const path = join(scratchFolder(), 'out.xlsx')
  expect(await writeXlsx(sheets, createWriteStream(path))).toMatchObject({ ok: true })
  return path
}

test('B5, ASVS 1.2.10: 200 payloads are cells of text, none a formula, and equal to what was written, for another reader and for ours', async () => {
  const path = await workbookOf({
    name: 'payloads',
    header: ['payload', '=header()'],
    rows: PAYLOADS.map((payload, index) => [payload, index]),
  })
  const parts = await workbookPartsOf(readFileSync(path))
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
  expect(sheet).not.toMatch(/<f[\s>]/u)
  const theirs = (await readSheets(path))[0]?.rows ?? []
  expect(theirs[0]?.[1]).toBe('=header()')
  for (const [index, payload] of PAYLOADS.entries()) {
    expect(theirs[index + 1]?.[0]).toBe(payload.toWellFormed())
    const cell = cellIn(sheet, `A${index + 2}`)
    expect(cell?.attributes).toContain('t="inlineStr"')
    // The text format keeps the value a text when somebody edits the cell.
    expect(styleOf(parts.get('xl/styles.xml') ?? '', cell?.attributes ?? '')).toContain('numFmtId="49"')
  }

  const ours = await readAll(path)
  expect(ours.head?.columns).toEqual(['payload', '=header()'])
  expect(ours.rows.map((row) => row.cells?.[0])).toEqual(PAYLOADS.map((payload) => payload.toWellFormed()))
})

test('numbers, booleans and moments keep their kind; moments show the clock of their zone', async () => {
  const moment = { epochMs: Date.parse('2021-03-24T09:00:00Z'), zone: 'Asia/Shanghai' }
  const path = await workbookOf({
    name: '一',
    header: ['n', 'b', 't', 'e'],
    rows: [
      [-17.1, true, moment, null],
      [5_336_570, false, { ...moment, zone: 'America/New_York' }, ''],
    ],
  })
  const [number, truth, shown, empty] = (await readSheets(path))[0]?.rows[1] ?? []
  expect([number, truth, empty]).toEqual([-17.1, true, null])
  // Most seconds have no exact binary fraction of a day: that reader is off by up to a millisecond.
  expect(shown instanceof Date && Math.round(shown.getTime() / 1000) * 1000).toBe(Date.parse('2021-03-24T17:00:00Z'))
  expect((await readAll(path)).rows.map((one) => one.cells)).toEqual([
    ['-17.1', 'TRUE', '2021-03-24T17:00:00', ''],
    ['5336570', 'FALSE', '2021-03-24T05:00:00', ''],
  ])
})

test('several sheets, one of them empty, under names that Excel accepts', async () => {
  const path = await workbookOf(
    { name: "时间线: 'H&M' [1/2]", header: ['a'], rows: [['1']] },
    { name: '', header: ['b'], rows: [] },
    { name: 'x'.repeat(40), header: ['c'], rows: [['3']] },
    { name: 'X'.repeat(40), header: ['d'], rows: [['4']] },
  )
  const { head } = await readAll(path)
  expect(head?.sheets).toEqual(["时间线  'H&M'  1 2", 'Sheet2', 'x'.repeat(31), `${'X'.repeat(27)} (2)`])
  expect((await readAll(path, { sheet: head?.sheets[3] ?? '' })).rows[0]?.cells).toEqual(['4'])
  expect(nameSheets(["'", 'a', 'A', "''b''"])).toEqual(['Sheet1', 'a', 'A (2)', 'b'])
})

test('the header is bold and stays in sight, and a text that names what every object has is a text', async () => {
  const names = ['constructor', '__proto__', 'toString', '\uFFFD', '_x0041_']
  const path = await workbookOf({ name: 's', header: ['a', 'b'], above: [['one line above']], rows: names.map((name) => [name, 1]) })
  expect((await readAll(path)).rows.map(({ cells }) => cells?.[0])).toEqual(names)
  const parts = await workbookPartsOf(readFileSync(path))
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
  expect(sheet).toMatch(/<pane ySplit="2" topLeftCell="A3"[^>]* state="frozen"/u)
  const styles = parts.get('xl/styles.xml') ?? ''
  expect(styleOf(styles, cellIn(sheet, 'A2')?.attributes ?? '')).toContain('fontId="1"')
  expect(styleOf(styles, cellIn(sheet, 'A3')?.attributes ?? '')).toContain('fontId="0"')
  expect(
    /<fonts.*?<\/fonts>/su
      .exec(styles)?.[0]
      .match(/<font>.*?<\/font>/gsu)
      ?.map((font) => font.includes('<b/>')),
  ).toEqual([false, true])
})

test('rows are asked for as the sink takes them', async () => {
  let asked = 0
  function* rows(): Generator<Cell[]> {
    for (; asked < 200_000; asked += 1) yield [`${asked} ${(asked * 2_654_435_761).toString(36)}`]
  }
  // Accepts one chunk, then blocks until it is destroyed.
  const stuck = new Writable({
    write() {
      setImmediate(() => setTimeout(() => stuck.destroy(Object.assign(new Error('gone'), { code: 'EPIPE' })), 300))
    },
  })
  expect(await writeXlsx([{ name: 's', header: ['a'], rows: rows() }], stuck)).toMatchObject({ ok: false })
  expect(asked).toBeLessThan(50_000)
})

test('text longer than Excel holds is cut and counted', async () => {
  const path = join(scratchFolder(), 'long.xlsx')
  const long = '长'.repeat(EXCEL_CELL_LENGTH + 1)
  const written = await writeXlsx([{ name: 's', header: ['a'], rows: [[long], ['x']] }], createWriteStream(path))
  expect(written).toEqual({ ok: true, value: { rows: 2, cutCells: 1 } })
  expect((await readAll(path)).rows[0]?.cells?.[0]).toHaveLength(EXCEL_CELL_LENGTH)
})

test('more rows than Excel has are refused', async () => {
  function* rows(): Generator<Cell[]> {
    for (let index = 0; index < EXCEL_ROWS; index += 1) yield [null]
  }
  const outcome = await writeXlsx([{ name: 's', header: ['a'], rows: rows() }], createWriteStream(join(scratchFolder(), 'many.xlsx')))
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'too-many-rows', params: { limit: EXCEL_ROWS - 1 } } })
})

test('a disk that refuses is a problem of the list, at the first byte and later', async () => {
  for (const room of [0, 100_000]) {
    let taken = 0
    const full = new Writable({
      write(chunk: Buffer, _encoding, done) {
        taken += chunk.length
        done(taken > room ? Object.assign(new Error('full'), { code: 'ENOSPC' }) : null)
      },
    })
    function* rows(): Generator<Cell[]> {
      for (let index = 0; index < 50_000; index += 1) yield [index, `第${index}条 ${(index * 2_654_435_761).toString(36)}`]
    }
    expect(await writeXlsx([{ name: 's', header: ['n', 't'], rows: rows() }], full)).toMatchObject({
      ok: false,
      problem: { code: 'write-failed', params: { reason: 'ENOSPC' } },
    })
  }
})

test("a fault of the rows is the caller's", async () => {
  // oxlint-disable-next-line require-yield -- it breaks before the first row, as a failing query does
  function* rows(): Generator<Cell[]> {
    throw new Error('rows broke')
  }
  await expect(
    writeXlsx([{ name: 's', header: ['a'], rows: rows() }], createWriteStream(join(scratchFolder(), 'out.xlsx'))),
  ).rejects.toThrow('rows broke')
})
