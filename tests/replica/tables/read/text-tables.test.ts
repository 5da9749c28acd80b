import { execFileSync } from 'node:child_process'
import { mkdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeGb18030 } from '../encode-gb18030.ts'
import { faults, fileOf, goodCells, readAll, scratchFolder } from '../table-files.ts'
import { MAX_CELL_LENGTH, MAX_COLUMNS, MAX_ROW_LENGTH } from '#replica/tables/read/table-limits.ts'

const TEXT = '时间,话题\r\n2021-03-24 17:00,黄轩终止与HM合作\r\n2021-03-24 19:00,"宋茜终止与HM合作 😡"\r\n'
const CELLS = [
  ['2021-03-24 17:00', '黄轩终止与HM合作'],
  ['2021-03-24 19:00', '宋茜终止与HM合作 😡'],
]
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

test.for([
  ['utf-8', Buffer.from(TEXT)],
  ['utf-8', Buffer.from(`\uFEFF${TEXT}`)],
  ['utf-16le', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
  ['utf-16be', utf16be(`\uFEFF${TEXT}`)],
  ['gb18030', encodeGb18030(TEXT)],
] as const)('B1: a table in %s is told apart and read right', async ([encoding, bytes]) => {
  const result = await readAll(fileOf('table.csv', bytes))
  expect(result.problem).toBeNull()
  expect(result.head).toMatchObject({ format: 'csv', encoding, delimiter: ',', columns: ['时间', '话题'] })
  expect(goodCells(result)).toEqual(CELLS)
})

test('B1: an encoding that is asked for is used without a second opinion', async () => {
  const big5 = Buffer.concat([Buffer.from('name\r\n'), Buffer.from('a4a4a4e5', 'hex'), Buffer.from('\r\n')])
  expect(goodCells(await readAll(fileOf('big5.csv', big5), { encoding: 'big5' }))).toEqual([['中文']])
  const unmarked = fileOf('unmarked.csv', Buffer.from(TEXT, 'utf16le'))
  expect((await readAll(unmarked)).problem?.code).toBe('binary-file')
  expect(goodCells(await readAll(unmarked, { encoding: 'utf-16le' }))).toEqual(CELLS)
})

test('B1: the encoding is found though the first Chinese word comes after a megabyte of ASCII', async () => {
  const ascii = 'a,b\n'.repeat(300_000)
  for (const [encoding, word] of [
    ['gb18030', encodeGb18030('话题,茶颜悦色\n')],
    ['utf-8', Buffer.from('话题,茶颜悦色\n')],
  ] as const) {
    const result = await readAll(fileOf('late.csv', Buffer.concat([Buffer.from(ascii), word])))
    expect(result.head?.encoding).toBe(encoding)
    expect(result.rows.at(-1)?.cells).toEqual(['话题', '茶颜悦色'])
  }
})

test('B1: characters cut by every possible chunk border stay whole', async () => {
  const row = '茶颜悦色道歉😡,拼多多员工\n'
  for (const encode of [(text: string) => Buffer.from(text), encodeGb18030]) {
    for (let shift = 0; shift < 8; shift += 1) {
      const text = `${'x'.repeat(shift)}a,b\n${row.repeat(30_000)}`
      const result = await readAll(fileOf('border.csv', encode(text)))
      expect(result.rows).toHaveLength(30_000)
      expect(new Set(goodCells(result).map(String))).toEqual(new Set(['茶颜悦色道歉😡,拼多多员工']))
    }
  }
})

test('B1: UTF-8 with a few broken bytes stays UTF-8; the rows that lost something are named, a replacement character of the text is not', async () => {
  const bytes = Buffer.concat([
    Buffer.from(`topic\n${'拼多多\n'.repeat(20)}截断的表情\uFFFD\n`),
    Buffer.from('坏'),
    Buffer.from([0xe5, 0x9d]),
    Buffer.from('字节\n'),
  ])
  const result = await readAll(fileOf('damaged.csv', bytes))
  expect(result.head?.encoding).toBe('utf-8')
  expect(faults(await readAll(fileOf('genuine.csv', 'topic\n截断的表情\uFFFD\n')))).toEqual([])
  expect(faults(result)).toContain('23 damaged-text')
})

test('B1: bytes that are neither UTF-8 nor GB18030 are refused rather than guessed', async () => {
  const bytes = Buffer.concat([
    Buffer.from('name\n'),
    Buffer.from([0xff, 0xff, 0x80, 0xff, 0xa0, 0xff, 0xff, 0x80, 0xff]),
    Buffer.from('\n'),
  ])
  expect((await readAll(fileOf('what.csv', bytes))).problem?.code).toBe('unknown-encoding')
})

test.for([
  ['a;b\n1,5;2\n3,5;4\n', ';', 'csv'],
  ['a\tb\n1, 2\t3\n', '\t', 'tsv'],
  ['a|b\n1|2\n', '|', 'csv'],
  ['a,b\n"x;y;z",2\n"p;q;r",3\n', ',', 'csv'],
  ['only\none\ntwo\n', ',', 'csv'],
] as const)('the delimiter of %j is %j', async ([text, delimiter, format]) => {
  const { head, problem } = await readAll(fileOf('table.csv', text))
  expect(problem).toBeNull()
  expect(head).toMatchObject({ delimiter, format })
})

test('B1: line numbers are those of the file, over quoted line breaks, mixed line ends and empty lines', async () => {
  const text = 'a,b\r\n"one\r\ntwo\nthree",1\r\n\r\n\nshort\n"x","y"\rlast,z'
  const result = await readAll(fileOf('lines.csv', text))
  expect(result.rows.map(({ line, cells }) => [line, cells])).toEqual([
    [2, ['one\r\ntwo\nthree', '1']],
    [7, ['short', '']],
    [8, ['x', 'y']],
    [9, ['last', 'z']],
  ])
  expect(faults(result)).toEqual([])
})

test('B1: a row with too many cells is named, empty cells at its end are no fault', async () => {
  const result = await readAll(fileOf('ragged.csv', 'a,b,,\n1,2,,,,\n1,2,3\n4,5\n'))
  expect(result.head?.columns).toEqual(['a', 'b'])
  expect(result.rows[1]).toMatchObject({ cells: ['1', '2', '3'], problem: { code: 'ragged-row', params: { expected: 2, found: 3 } } })
  expect(goodCells(result)).toEqual([
    ['1', '2'],
    ['4', '5'],
  ])
})

test('quotes where they do not belong are kept as text', async () => {
  const result = await readAll(fileOf('quotes.csv', 'a,b\n5" screen,say "hi"\n"done"not,x\n"he said ""no""",y\n'))
  expect(goodCells(result)).toEqual([
    ['5" screen', 'say "hi"'],
    ['"done"not', 'x'],
    ['he said "no"', 'y'],
  ])
})

test('B1: a quote that never closes ends the reading at the line where it opens, and keeps the rows before', async () => {
  const result = await readAll(fileOf('open.csv', 'a,b\n1,2\n3,"oops\n5,6\n'))
  expect(goodCells(result)).toEqual([['1', '2']])
  expect(result.problem).toMatchObject({ code: 'quote-not-closed', line: 3 })
})

test('column names become unique and are never empty; names of the language are harmless', async () => {
  const { head } = await readAll(fileOf('names.csv', ' topic ,topic,,__proto__,constructor,"two\nlines",topic (2)\n1,2,3,4,5,6,7\n'))
  expect(head?.columns).toEqual(['topic', 'topic (2)', 'column-3', '__proto__', 'constructor', 'two lines', 'topic (2) (2)'])
})

test('the header may stand further down, or be missing', async () => {
  const path = fileOf('title.csv', '舆情日报,\n\na,b\n1,2\n')
  expect((await readAll(path, { headerRow: 2 })).head?.columns).toEqual(['a', 'b'])
  const headless = await readAll(fileOf('headless.csv', '1,2\n3,4\n'), { headerRow: 0 })
  expect(headless.head?.columns).toEqual(['column-1', 'column-2'])
  expect(goodCells(headless)).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
})

test('B1: one NUL spoils its row, many make the file no text', async () => {
  expect(faults(await readAll(fileOf('nul.csv', 'a\nx\0y\nz\n')))).toEqual(['2 stray-nul'])
  expect((await readAll(fileOf('nuls.csv', `a\n${'\0'.repeat(100)}\n`))).problem?.code).toBe('binary-file')
})

test('limits: a long cell is cut and named, the row after it is read', async () => {
  const result = await readAll(
    fileOf('long.csv', `a,b\n${'长'.repeat(MAX_CELL_LENGTH)},ok\n${'长'.repeat(MAX_CELL_LENGTH + 1)},long\nx,y\n`),
  )
  expect(faults(result)).toEqual(['3 cell-too-long'])
  expect(result.rows[1]?.cells?.[0]).toHaveLength(MAX_CELL_LENGTH)
  expect(result.rows).toHaveLength(3)
})

test('limits: columns of the header refuse the file, columns of a row only that row', async () => {
  const wide = (cells: number) => Array.from({ length: cells }, (_, index) => `c${index}`).join(',')
  expect((await readAll(fileOf('fits.csv', `${wide(MAX_COLUMNS)}\n`))).problem).toBeNull()
  expect((await readAll(fileOf('wide.csv', `${wide(MAX_COLUMNS + 1)}\n`))).problem?.code).toBe('too-many-columns')
  expect(faults(await readAll(fileOf('row.csv', `a\n${wide(MAX_COLUMNS + 1)}\nx\n`)))).toEqual(['2 row-too-wide'])
})

test('limits: rows beyond the limit are not read, those before are', async () => {
  const result = await readAll(fileOf('many.csv', `a\n${'x\n\n'.repeat(30)}`), {}, 20)
  expect(result.rows).toHaveLength(20)
  expect(result.problem).toMatchObject({ code: 'too-many-rows', line: 42, params: { limit: 20 } })
  expect((await readAll(fileOf('exact.csv', `a\n${'x\n\n'.repeat(20)}`), {}, 20)).problem).toBeNull()
})

test('limits: a huge single line ends the reading instead of filling the memory', async () => {
  const result = await readAll(fileOf('line.csv', `a,b\n1,2\n${'x'.repeat(MAX_ROW_LENGTH + 10)}\n`))
  expect(result.problem).toMatchObject({ code: 'row-too-long', line: 3 })
  expect(goodCells(result)).toEqual([['1', '2']])
})

test('limits: a sparse gigabyte is refused by its size', async () => {
  const path = fileOf('sparse.csv', 'a,b\n1,2\n'.repeat(10_000))
  truncateSync(path, 1024 ** 3)
  expect((await readAll(path)).problem).toMatchObject({ code: 'file-too-large', params: { size: 1024 ** 3 } })
})

test.for([
  ['%PDF-1.7\n', 'binary-file'],
  ['\u0089PNG\r\n\u001a\n', 'binary-file'],
  ['<html><table><tr><td>1</td></tr></table></html>', 'markup-file'],
  ['\uFEFF<?xml version="1.0"?><Workbook/>', 'markup-file'],
  ['', 'empty-file'],
  ['\n\n \n', 'empty-file'],
] as const)('a file that begins with %j is refused as %s', async ([content, code]) => {
  expect((await readAll(fileOf('table.csv', Buffer.from(content, content.includes('PNG') ? 'latin1' : 'utf8')))).problem?.code).toBe(code)
})

test('the old Excel format and an encrypted workbook are named, whatever the file is called', async () => {
  const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100_000)])
  expect((await readAll(fileOf('old.csv', compound))).problem?.code).toBe('old-excel')
  compound.write('EncryptedPackage', 90_000, 'utf16le')
  expect((await readAll(fileOf('secret.xlsx', compound))).problem?.code).toBe('password-protected')
})

test('what is no regular file is refused without waiting on it', async () => {
  const folder = scratchFolder()
  mkdirSync(join(folder, 'folder.csv'))
  expect((await readAll(join(folder, 'folder.csv'))).problem?.code).toBe('not-a-file')
  expect((await readAll(join(folder, 'gone.csv'))).problem?.code).toBe('file-missing')
  if (process.platform === 'win32') return
  execFileSync('mkfifo', [join(folder, 'pipe.csv')])
  expect((await readAll(join(folder, 'pipe.csv'))).problem?.code).toBe('not-a-file')
  expect((await readAll('/dev/zero')).problem?.code).toBe('not-a-file')
})
