import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { createReadStream, createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { guardText, unguardText } from '#replica/tables/formula-guard.ts'
import type { Cell, Rows } from '#replica/tables/write/table-cell.ts'
import { writeCsv } from '#replica/tables/write/write-csv.ts'
import { readAll, scratchFolder } from '../table-files.ts'
import { PAYLOADS } from './payloads.ts'

async function csvOf(header: readonly string[], rows: Rows): Promise<string> {
  const path = join(scratchFolder(), 'out.csv')
  expect(await writeCsv(header, rows, createWriteStream(path))).toMatchObject({ ok: true })
  return path
}

/** Characters with which a cell must not start (ASVS 1.2.10, reliability B5). */
const DANGEROUS = /^[=+\-@\t\r\n\0＝＋－＠]/u

test('B5, ASVS 1.2.10: of 200 payloads none begins a cell as a formula, for a parser that is not ours', async () => {
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(200)
  const path = await csvOf(PAYLOADS, [PAYLOADS])
  const [header, row] = parse(readFileSync(path), { bom: true }) as string[][]
  for (const cells of [header, row]) {
    expect(cells).toHaveLength(PAYLOADS.length)
    for (const [index, cell] of (cells ?? []).entries()) {
      expect(cell).not.toMatch(DANGEROUS)
      expect([PAYLOADS[index], `'${PAYLOADS[index]}`]).toContain(cell)
    }
  }
})

test('B5: every payload comes back from our own reader as it went in', async () => {
  const path = await csvOf(
    ['payload', 'n'],
    PAYLOADS.map((payload, index) => [payload, index]),
  )
  const result = await readAll(path)
  expect(result.head).toMatchObject({ encoding: 'utf-8', delimiter: ',' })
  expect(result.rows.map((row) => row.cells?.[0])).toEqual(PAYLOADS.map((payload) => payload.toWellFormed()))
  expect((await readAll(path, { ours: false })).rows[0]?.cells?.[0]).toBe(`'${PAYLOADS[0]}`)
})

test('B5: a phone number with its plus sign survives the way out and back', async () => {
  const path = await csvOf(['电话'], [['+86 138 0000 0000'], ['-']])
  expect(readFileSync(path, 'utf8')).toContain("'+86 138")
  expect((await readAll(path)).rows.map((row) => row.cells)).toEqual([['+86 138 0000 0000'], ['-']])
})

test('property: the guard can be taken off any text', () => {
  const text = fc.string({ unit: fc.oneof(fc.constantFrom(..."'=+-@\t\r\n\0＝ \uFEFFa"), fc.string({ unit: 'grapheme', maxLength: 1 })) })
  fc.assert(
    fc.property(text, (original) => {
      expect(guardText(original)).not.toMatch(DANGEROUS)
      expect(unguardText(guardText(original))).toBe(original)
    }),
    { numRuns: 5000, seed: 20210324 },
  )
})

test('the file is what Excel expects: a byte order mark, CR LF, quotes where needed, plain numbers, moments with their offset', async () => {
  const moment = { epochMs: Date.parse('2021-03-24T09:00:00Z'), zone: 'Asia/Shanghai' }
  const rows: Cell[][] = [
    ['多家,电商', -17.1, true, null, moment],
    ['a\nb', Number.NaN, false, '', { ...moment, zone: 'Asia/Atlantis' }],
    ['c\rd', 1e21, null, 'x;y', null],
  ]
  const path = await csvOf(['话题', 'n', 'b', 'e', 't'], rows)
  expect(readFileSync(path, 'utf8')).toBe(
    '\uFEFF话题,n,b,e,t\r\n"多家,电商",-17.1,TRUE,,2021-03-24T17:00:00+08:00\r\n"a\nb",,FALSE,,2021-03-24T09:00:00Z\r\n"c\rd",1e+21,,"x;y",\r\n',
  )
})

test('rows are taken no faster than the sink can write, and a table without rows has its header', async () => {
  let made = 0
  let written = 0
  let mostAhead = 0
  async function* rows(): AsyncGenerator<Cell[]> {
    for (; made < 20_000; made += 1) {
      mostAhead = Math.max(mostAhead, made - written)
      yield ['x'.repeat(1000)]
    }
  }
  const slow = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.length / 1000
      setImmediate(done)
    },
  })
  expect(await writeCsv(['a'], rows(), slow)).toEqual({ ok: true, value: { rows: 20_000 } })
  expect(mostAhead).toBeLessThan(2000)
  expect(readFileSync(await csvOf(['a', 'b'], []), 'utf8')).toBe('\uFEFFa,b\r\n')
})

test("a disk that refuses is a problem of the list; a fault of the rows is the caller's", async () => {
  const full = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' })) })
  expect(await writeCsv(['a'], [['b']], full)).toMatchObject({ ok: false, problem: { code: 'write-failed', params: { reason: 'ENOSPC' } } })
  expect(await writeCsv(['a'], [['b']], createWriteStream(join(scratchFolder(), 'no/such/folder')))).toMatchObject({
    ok: false,
    problem: { params: { reason: 'ENOENT' } },
  })
  const broken = Readable.from([['a']]).map(() => Promise.reject(new Error('rows broke')))
  await expect(writeCsv(['a'], broken as AsyncIterable<Cell[]>, createWriteStream(join(scratchFolder(), 'out.csv')))).rejects.toThrow(
    'rows broke',
  )
})

test('a table of 100,000 rows streams out and in again', async () => {
  function* rows(): Generator<Cell[]> {
    for (let index = 0; index < 100_000; index += 1) yield [index, `=第${index}条`, '黄轩终止与HM合作']
  }
  const path = await csvOf(['n', 'text', 'topic'], rows())
  let bytes = 0
  for await (const chunk of createReadStream(path)) bytes += (chunk as Buffer).length
  expect(bytes).toBeGreaterThan(3_000_000)
  const result = await readAll(path)
  expect(result.rows).toHaveLength(100_000)
  expect(result.rows.at(-1)?.cells).toEqual(['99999', '=第99999条', '黄轩终止与HM合作'])
})
