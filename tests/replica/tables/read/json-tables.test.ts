import { expect, test } from 'vitest'
import { MAX_JSON_DEPTH, MAX_ROW_LENGTH } from '#replica/tables/read/table-limits.ts'
import { faults, fileOf, goodCells, readAll } from '../table-files.ts'

const ROWS = [
  { at: '2021-03-24T17:00:00+08:00', topic: '黄轩终止与HM合作', rank: 1 },
  { at: '2021-03-24T19:00:00+08:00', topic: 'a "quoted" \\ , ] } name', rank: 3 },
]
const CELLS = ROWS.map((row) => [row.at, row.topic, String(row.rank)])

test.for([
  ['an array', JSON.stringify(ROWS)],
  ['an array over lines', JSON.stringify(ROWS, null, 2)],
  ['rows in an object', JSON.stringify({ title: 'x "rows": [', count: 2, rows: ROWS, rest: [[1]] }, null, 1)],
  ['one object per line', ROWS.map((row) => JSON.stringify(row)).join('\r\n')],
] as const)('B1: JSON as %s is read', async ([, text]) => {
  const result = await readAll(fileOf('table.json', text))
  expect(result.problem).toBeNull()
  expect(result.head).toMatchObject({ format: 'json', encoding: 'utf-8', columns: ['at', 'topic', 'rank'] })
  expect(goodCells(result)).toEqual(CELLS)
})

test('JSON is recognised under another name, and by its name when it holds a plain array', async () => {
  expect((await readAll(fileOf('table.txt', JSON.stringify(ROWS)))).head?.format).toBe('json')
  expect((await readAll(fileOf('export', ROWS.map((row) => JSON.stringify(row)).join('\n')))).head?.format).toBe('json')
  expect((await readAll(fileOf('table.csv', '[draft],b\n1,2\n'))).head?.format).toBe('csv')
})

test('cells: nested values become their text, missing and null ones are empty, long numbers keep their digits', async () => {
  const text = '[{"id":4839201847382910472,"v":1.50,"tags":["a","b"],"o":{"x":null},"n":null,"t":true},\n{"v":"后来"}]'
  const result = await readAll(fileOf('cells.json', text))
  expect(goodCells(result)).toEqual([
    ['4839201847382910472', '1.5', '["a","b"]', '{"x":null}', '', 'true'],
    ['', '后来', '', '', '', ''],
  ])
})

test('B4: __proto__ and constructor are column names like others', async () => {
  const result = await readAll(fileOf('proto.json', '[{"__proto__":{"polluted":1},"constructor":"c","toString":"t"}]'))
  expect(result.head?.columns).toEqual(['__proto__', 'constructor', 'toString'])
  expect(goodCells(result)).toEqual([['{"polluted":1}', 'c', 't']])
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

test('B1: rows that are broken or no objects are named by their line, the others are read', async () => {
  const result = await readAll(fileOf('rows.jsonl', '{"a":1}\n{"a":}\n[2]\n"text"\n{"a":\n3}\n'))
  expect(faults(result)).toEqual(['2 bad-json-row', '3 json-not-a-row', '4 json-not-a-row'])
  expect(goodCells(result)).toEqual([['1'], ['3']])
  expect(result.rows.at(-1)?.line).toBe(5)
})

test('B1: a key that the first thousand rows do not have is a fault of its row', async () => {
  const lines = Array.from({ length: 1200 }, (_, index) => JSON.stringify(index === 1100 ? { a: index, late: 1 } : { a: index }))
  const result = await readAll(fileOf('late.jsonl', lines.join('\n')))
  expect(result.head?.columns).toEqual(['a'])
  expect(result.rows).toHaveLength(1200)
  expect(faults(result)).toEqual(['1101 json-unexpected-key'])
})

test.for([
  ['[{"a":1},{"a":2}', 'bad-json', 2],
  ['[{"a":1},\n{"a":', 'bad-json', 1],
  ['[{"a":1},]', 'bad-json', 1],
  ['[{"a":1} {"a":2}]', 'bad-json', 1],
  ['[{"a":1}]\n]', 'bad-json', 1],
  ['{"a":1},{"a":2}', 'bad-json', 1],
] as const)('B1: %j ends with %s after the rows before the fault', async ([text, code, rows]) => {
  const result = await readAll(fileOf('fault.json', text))
  expect(result.problem?.code).toBe(code)
  expect(result.rows).toHaveLength(rows)
})

test.for([
  ['[]', 'json-not-a-table'],
  ['{"rows":[]}', 'json-not-a-table'],
  ['[1,2,3]', 'json-not-a-table'],
  ['"text"', 'json-not-a-table'],
  ['nonsense', 'bad-json'],
  ['{"a":1', 'bad-json'],
  [' ', 'json-not-a-table'],
] as const)('%j is refused as %s', async ([text, code]) => {
  expect((await readAll(fileOf('none.json', text))).problem?.code).toBe(code)
})

test('limits: depth is refused before anything recursive sees it, at the exact level', async () => {
  const nested = (depth: number) => `[{"a":${'['.repeat(depth)}${']'.repeat(depth)}}]`
  expect((await readAll(fileOf('deep.json', nested(MAX_JSON_DEPTH - 1)))).problem).toBeNull()
  expect((await readAll(fileOf('deeper.json', nested(MAX_JSON_DEPTH)))).problem?.code).toBe('json-too-deep')
  expect((await readAll(fileOf('abyss.json', '['.repeat(2_000_000)))).problem?.code).toBe('json-too-deep')
})

test('limits: columns, and a row without end', async () => {
  const wide = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`k${index}`, index]))
  expect((await readAll(fileOf('wide.json', JSON.stringify([wide])))).problem?.code).toBe('too-many-columns')
  const endless = await readAll(fileOf('endless.json', `[{"a":1},\n{"a":"${'x'.repeat(MAX_ROW_LENGTH)}`))
  expect(endless.problem).toMatchObject({ code: 'row-too-long', line: 2 })
  expect(goodCells(endless)).toEqual([['1']])
})

test('rows are found the same wherever a chunk ends', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ n: index, text: `第${index}条 "引号" \\ {[,]}` }))
  for (const text of [JSON.stringify(rows), JSON.stringify({ rows }, null, 1)]) {
    const result = await readAll(fileOf('chunks.json', text))
    expect(result.problem).toBeNull()
    expect(goodCells(result)).toEqual(rows.map((row) => [String(row.n), row.text]))
  }
})
