import { join } from 'node:path'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { isDateFormat } from '#replica/tables/read/excel-values.ts'
import { makeWorkbook, makeZip, workbookEntries } from '../make-zip.ts'
import { faults, fileOf, goodCells, readAll, scratchFolder } from '../table-files.ts'

const HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'

test('B1: a workbook that another program wrote is read: text, numbers, dates, booleans', async () => {
  const rows = [
    ['时间', '话题', '数值', '是否'],
    [
      { value: new Date(Date.UTC(2021, 2, 24, 17)), type: Date, format: 'yyyy"年"m"月"d"日" h:mm' },
      '黄轩终止与HM合作 & <b>',
      5336570.25,
      true,
    ],
    [{ value: new Date(Date.UTC(2021, 2, 24, 19, 30, 15, 250)), type: Date, format: 'yyyy-mm-dd' }, ' 央视评HM', -17.1],
  ]
  const path = join(scratchFolder(), 'table.xlsx')
  await writeXlsxFile([{ sheet: '舆情', data: rows }]).toFile(path)
  const result = await readAll(path)
  expect(result.head).toMatchObject({
    format: 'xlsx',
    encoding: null,
    delimiter: null,
    sheets: ['舆情'],
    sheet: '舆情',
    columns: ['时间', '话题', '数值', '是否'],
  })
  expect(result.rows).toEqual([
    { line: 2, cells: ['2021-03-24T17:00:00', '黄轩终止与HM合作 & <b>', '5336570.25', 'TRUE'] },
    { line: 3, cells: ['2021-03-24T19:30:15.250', ' 央视评HM', '-17.1', ''] },
  ])
})

test('B1: styled text and a link are read as the text they show', async () => {
  const rows =
    `${HEADER}<row r="2"><c r="A2" t="inlineStr"><is><r><t>央视</t></r><r><rPr><b/></rPr><t>评HM</t></r></is></c>` +
    '<c r="B2" t="str"><v>微博</v></c></row></sheetData><hyperlinks><hyperlink ref="B2" display="other"/></hyperlinks><sheetData>'
  expect(goodCells(await readAll(fileOf('styled.xlsx', makeWorkbook({ rows }))))).toEqual([['央视评HM', '微博']])
})

test('the first visible sheet is read unless another is named; the name of a sheet cannot harm', async () => {
  const path = join(scratchFolder(), 'sheets.xlsx')
  await writeXlsxFile(
    [
      { sheet: 'hidden', data: [['no']] },
      { sheet: '__proto__', data: [['yes'], ['1']] },
      { sheet: '第二页', data: [['other'], ['2']] },
    ],
    {
      features: [
        {
          files: {
            transform: {
              'xl/workbook.xml': { transform: (xml) => xml.replace('name="hidden"', 'name="hidden" state="hidden"') },
            },
          },
        },
      ],
    },
  ).toFile(path)
  expect((await readAll(path)).head).toMatchObject({ sheet: '__proto__', sheets: ['hidden', '__proto__', '第二页'], columns: ['yes'] })
  expect(goodCells(await readAll(path, { sheet: '第二页' }))).toEqual([['2']])
  expect((await readAll(path, { sheet: 'constructor' })).problem).toMatchObject({ code: 'no-such-sheet' })
})

test('B1: a formula counts as the value left beside it, and is a fault of its row without one', async () => {
  const cells = (line: number, first: string, second: string) => `<row r="${line}">${first}${second}</row>`
  const kept = (line: number) => `<c r="B${line}" t="inlineStr"><is><t>kept</t></is></c>`
  const rows =
    HEADER +
    cells(2, '<c r="A2"><f>1+1</f><v>2</v></c>', '<c r="B2" t="str"><f>A1&amp;"x"</f><v>文x</v></c>') +
    cells(3, '<c r="A3"><f>WEBSERVICE("http://example.com")</f></c>', kept(3)) +
    cells(4, '<c r="A4" t="e"><f>1/0</f><v>#DIV/0!</v></c>', kept(4)) +
    cells(5, '<c r="A5" t="e"><v>#N/A</v></c>', kept(5)) +
    cells(6, '<c r="A6" t="inlineStr"><is><t>plain</t></is></c>', '<c r="B6" t="inlineStr"><is><t>row</t></is></c>')
  const result = await readAll(fileOf('formulas.xlsx', makeWorkbook({ rows })))
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
