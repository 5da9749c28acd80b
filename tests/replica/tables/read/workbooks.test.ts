import ExcelJS from 'exceljs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isDateFormat } from '#replica/tables/read/excel-values.ts'
import { makeWorkbook, makeZip, workbookEntries } from '../make-zip.ts'
import { faults, fileOf, goodCells, readAll, scratchFolder } from '../table-files.ts'

async function writeWorkbook(fill: (workbook: ExcelJS.Workbook) => void): Promise<string> {
  const workbook = new ExcelJS.Workbook()
  fill(workbook)
  const path = join(scratchFolder(), 'table.xlsx')
  await workbook.xlsx.writeFile(path)
  return path
}

const HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'

test('B1: a workbook that exceljs wrote is read: text, numbers, dates, booleans, rich text, links', async () => {
  const path = await writeWorkbook((workbook) => {
    const sheet = workbook.addWorksheet('舆情')
    sheet.addRow(['时间', '话题', '数值', '是否', '链接'])
    const row = sheet.addRow([
      new Date(Date.UTC(2021, 2, 24, 17)),
      '黄轩终止与HM合作 & <b>',
      5336570.25,
      true,
      { text: '微博', hyperlink: 'https://weibo.com' },
    ])
    row.getCell(1).numFmt = 'yyyy"年"m"月"d"日" h:mm'
    sheet.addRow([
      new Date(Date.UTC(2021, 2, 24, 19, 30, 15, 250)),
      { richText: [{ text: '央视' }, { font: { bold: true }, text: '评HM' }] },
      -17.1,
    ])
  })
  const result = await readAll(path)
  expect(result.head).toMatchObject({
    format: 'xlsx',
    encoding: null,
    delimiter: null,
    sheets: ['舆情'],
    sheet: '舆情',
    columns: ['时间', '话题', '数值', '是否', '链接'],
  })
  expect(result.rows).toEqual([
    { line: 2, cells: ['2021-03-24T17:00:00', '黄轩终止与HM合作 & <b>', '5336570.25', 'TRUE', '微博'] },
    { line: 3, cells: ['2021-03-24T19:30:15.250', '央视评HM', '-17.1', '', ''] },
  ])
})

test('the first visible sheet is read unless another is named; the name of a sheet cannot harm', async () => {
  const path = await writeWorkbook((workbook) => {
    workbook.addWorksheet('hidden', { state: 'hidden' }).addRow(['no'])
    workbook.addWorksheet('__proto__').addRows([['yes'], ['1']])
    workbook.addWorksheet('第二页').addRows([['other'], ['2']])
  })
  expect((await readAll(path)).head).toMatchObject({ sheet: '__proto__', sheets: ['hidden', '__proto__', '第二页'], columns: ['yes'] })
  expect(goodCells(await readAll(path, { sheet: '第二页' }))).toEqual([['2']])
  expect((await readAll(path, { sheet: 'constructor' })).problem).toMatchObject({ code: 'no-such-sheet' })
})

test('B1: a formula counts as the value left beside it, and is a fault of its row without one', async () => {
  const path = await writeWorkbook((workbook) => {
    workbook.addWorksheet('s').addRows([
      ['a', 'b'],
      [
        { formula: '1+1', result: 2 },
        { formula: 'A1&"x"', result: '文x' },
      ],
      [{ formula: 'WEBSERVICE("http://example.com")' }, 'kept'],
      [{ formula: '1/0', result: { error: '#DIV/0!' } }, 'kept'],
      [{ error: '#N/A' }, 'kept'],
      ['plain', 'row'],
    ])
  })
  const result = await readAll(path)
  expect(goodCells(result)).toEqual([
    ['2', '文x'],
    ['plain', 'row'],
  ])
  expect(faults(result)).toEqual(['3 formula-without-value', '4 cell-error', '5 cell-error'])
  expect(result.rows[1]?.cells).toEqual(['', 'kept'])
})

test('B1: lines are those of the sheet, empty rows and gaps between cells included', async () => {
  const rows = `${HEADER}<row r="2"/><row r="7"><c r="B7"><v>1</v></c></row><row><c><v>2</v></c><c><v>3</v></c></row>`
  expect((await readAll(fileOf('gaps.xlsx', makeWorkbook({ rows })))).rows).toEqual([
    { line: 7, cells: ['', '1'] },
    { line: 8, cells: ['2', '3'] },
  ])
})

test('B1: text is taken whole and once: styled runs, readings left out, entities decoded once, escapes of Excel undone', async () => {
  const strings =
    '<si>\n <r><t>央视</t></r>\n <r><rPr><b/></rPr><t xml:space="preserve"> 评HM</t></r>\n</si>' +
    '<si><t>課長</t><rPh sb="0" eb="2"><t>カチョウ</t></rPh><phoneticPr fontId="1"/></si>' +
    '<si><t>a_x000D_b &amp;lt; _x005F_x0041_</t></si><si/>'
  const rows =
    `${HEADER}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>` +
    '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" t="inlineStr"><is><r><t>甲</t></r><r><t>乙&amp;lt;</t></r><rPh><t>x</t></rPh></is></c></row>' +
    '<row r="4"><c r="A4" t="str"><v>&amp;amp;</v></c><c r="B4" t="s"><v>99</v></c></row>'
  const result = await readAll(fileOf('text.xlsx', makeWorkbook({ rows, strings })))
  expect(result.rows.map(({ cells }) => cells)).toEqual([
    ['央视 评HM', '課長'],
    ['a\rb &lt; _x0041_', '甲乙&lt;'],
    ['&amp;', ''],
  ])
  expect(faults(result)).toEqual(['4 bad-cell'])
})

test('dates: both calendars, a time of day alone, and numbers that are no dates', async () => {
  const styles =
    '<numFmts><numFmt numFmtId="200" formatCode="[$-804]yyyy/m/d"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="200"/><xf numFmtId="22"/></cellXfs>'
  const rows = `${HEADER}<row r="2"><c r="A2" s="1"><v>44279.708333333336</v></c><c r="B2" s="2"><v>0.5</v></c></row><row r="3"><c r="A3"><v>44279.5</v></c><c r="B3" s="1"><v>-5</v></c></row><row r="4"><c r="A4" s="2"><v>1E+300</v></c><c r="B4"><v>x</v></c></row>`
  const since1900 = await readAll(fileOf('1900.xlsx', makeWorkbook({ rows, styles })))
  expect(since1900.rows.map(({ cells }) => cells)).toEqual([
    ['2021-03-24T17:00:00', '12:00:00'],
    ['44279.5', '-5'],
    ['1e+300', 'x'],
  ])
  expect(faults(since1900)).toEqual(['4 bad-cell'])
  const since1904 = await readAll(fileOf('1904.xlsx', makeWorkbook({ rows, styles, properties: 'date1904="1"' })))
  expect(since1904.rows[0]?.cells?.[0]).toBe('2025-03-25T17:00:00')
})

test.for([
  ['yyyy-mm-dd', true],
  ['m/d/yy h:mm', true],
  ['yyyy"年"m"月"d"日";@', true],
  ['上午/下午h"时"mm"分"', true],
  ['[$-409]h:mm AM/PM', true],
  ['General', false],
  ['0.00_);[Red](0.00)', false],
  ['#,##0 "days"', false],
  ['[h]:mm:ss', false],
  ['@', false],
  ['0.00E+00', false],
] as const)('number format %j shows a date: %s', ([code, expected]) => {
  expect(isDateFormat(164, code)).toBe(expected)
})

test('a workbook by any other name is read as one, text called .xlsx as text', async () => {
  const workbook = makeWorkbook({ rows: HEADER })
  expect((await readAll(fileOf('export.csv', workbook))).head?.format).toBe('xlsx')
  expect((await readAll(fileOf('export.csv', workbook), { format: 'csv' })).problem?.code).toBe('binary-file')
  expect((await readAll(fileOf('export.xlsx', 'a,b\n1,2\n'))).head?.format).toBe('csv')
  expect((await readAll(fileOf('export.xlsx', 'a,b\n1,2\n'), { format: 'xlsx' })).problem?.code).toBe('not-a-workbook')
  expect((await readAll(fileOf('notes.xlsx', makeZip([{ name: 'word/document.xml', content: '<w/>' }])))).problem?.code).toBe(
    'not-a-workbook',
  )
})

test("B3: a document type, hence an entity of the file's own, is refused; so is XML that breaks off or sinks too deep", async () => {
  const entries = (sheet: string) =>
    workbookEntries({ rows: '' }).map((entry) => (entry.name.endsWith('one.xml') ? { ...entry, content: sheet } : entry))
  const sheets = [
    '<!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><worksheet><sheetData><row><c t="str"><v>&lol2;</v></c></row></sheetData></worksheet>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>',
    '<worksheet><sheetData><row><c t="str"><v>&undefined;</v></c></row></sheetData></worksheet>',
    '<worksheet><sheetData><row>',
    `<worksheet>${'<a>'.repeat(500)}`,
  ]
  for (const sheet of sheets) {
    expect((await readAll(fileOf('xml.xlsx', makeZip(entries(sheet))))).problem?.code).toBe('workbook-damaged')
  }
})

test('limits: cells beyond the last column are a fault only where they hold something', async () => {
  const far = (content: string) => `${HEADER}<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" t="str"><v>${content}</v></c></row>`
  expect(faults(await readAll(fileOf('far.xlsx', makeWorkbook({ rows: far('x') }))))).toEqual(['2 row-too-wide'])
  expect(goodCells(await readAll(fileOf('near.xlsx', makeWorkbook({ rows: far('') }))))).toEqual([['1', '']])
})
