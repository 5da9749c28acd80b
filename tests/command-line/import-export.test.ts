import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSheets, textsIn } from '#tests/support/excel-sheets.ts'
import { openWarRoom, REPOSITORY, run, runJson } from './run-command.ts'
import { runInside, runJsonInside } from './run-inside.ts'

const HISTORIES = join(REPOSITORY, '../shared/data/hot-topics')
const SERIES = join(REPOSITORY, '../shared/data/event-series')
const HISTORY_NAMES = ['chayan-receipt', 'hm-xinjiang-cotton', 'pinduoduo-overtime', 'simba-birds-nest']

let room: Awaited<ReturnType<typeof openWarRoom>>

beforeAll(async () => {
  room = await openWarRoom()
})
afterAll(() => room.remove())

function writeTable(name: string, content: string | Uint8Array): string {
  const path = join(room.folder, name)
  writeFileSync(path, content)
  return path
}

/** Declares an incident. @returns its id */
async function declareIncident(title: string): Promise<string> {
  const { document } = await runJsonInside(['declare', '--data', room.data, '--title', title, '--type', 'product-problem', '--level', '1'])
  return (document['incident'] as { id: string }).id
}

async function search(words: string[], ...more: string[]): Promise<{ excerpt: string; incidentTitle: string }[]> {
  const { document } = await runJsonInside(['search', ...words, '--data', room.data, ...more])
  return document['hits'] as { excerpt: string; incidentTitle: string }[]
}

async function listIncident(id: string): Promise<{ entryCount: number }> {
  const { document } = await runJsonInside(['incidents', '--data', room.data])
  const found = (document['incidents'] as { id: string; entryCount: number }[]).find((incident) => incident.id === id)
  if (!found) throw new Error(`No incident ${id}`)
  return found
}

describe('a table of our own making', () => {
  const good = [
    '时间,内容,类型',
    '2026-03-01 08:00,门店排队投诉,客户声音',
    '2026-03-01 09:30,"微博上有人说 ""小票"" 有问题",媒体报道',
    '2026-03-01 10:00,店长道歉,行动',
  ]

  test('goes into a timeline with the suggested columns, is found by two characters and exported in every format', async () => {
    const id = await declareIncident('合成')
    const file = writeTable('good.csv', `${good.join('\n')}\n`)
    const { code, document } = await runJson(['import', file, '--incident', id, '--as', 'timeline', '--data', room.data])
    expect(code).toBe(0)
    expect(document).toMatchObject({
      ok: true,
      good: 3,
      refused: 0,
      written: true,
      source: { fileHash: createHash('sha256').update(readFileSync(file)).digest('hex'), format: 'csv', encoding: 'utf-8' },
    })
    expect((await search(['道歉'])).map((hit) => hit.excerpt)).toEqual(['店长道歉'])
    expect(await search(['道歉', '排队'])).toEqual([])
    expect(await search(['小票'], '--incident', '合成')).toHaveLength(1)

    const out = (format: string) => join(room.folder, `synthetic.${format}`)
    for (const format of ['md', 'csv', 'xlsx', 'json']) {
      const exported = await runJson([
        'export',
        id,
        '--format',
        format,
        '--data',
        room.data,
        '--out',
        out(format),
        '--zone',
        'Asia/Shanghai',
      ])
      expect(exported.document, format).toMatchObject({ ok: true, file: out(format), format, size: statSync(out(format)).size })
    }
    expect(readFileSync(out('md'), 'utf8')).toMatch(/2026-03-01 08:00[\s\S]*门店排队投诉/)
    const rows = parse(readFileSync(out('csv'), 'utf8'), { bom: true }) as string[][]
    expect(rows.flat()).toContain('微博上有人说 "小票" 有问题')
    expect(textsIn(await readSheets(out('xlsx')))).toContain('店长道歉')
    expect(JSON.stringify(JSON.parse(readFileSync(out('json'), 'utf8')))).toContain('门店排队投诉')

    const piped = await run(['export', id, '--format', 'csv', '--data', room.data, '--out', '-', '--zone', 'Asia/Shanghai'])
    expect([piped.code, piped.err]).toEqual([0, ''])
    expect((parse(piped.out, { bom: true }) as string[][]).length).toBe(rows.length)
  })

  test('with bad rows nothing is written and each is listed; --skip-bad takes the good ones; --dry-run writes nothing', async () => {
    const id = await declareIncident('坏行')
    const file = writeTable(
      'bad.csv',
      [...good, '昨天,没有日期的一行,行动', '2026-03-01 11:00,,行动', '2026-03-01 12:00,不认识的类型,传言'].join('\n'),
    )
    const args = ['import', file, '--incident', id, '--as', 'timeline', '--data', room.data]
    const refused = await runJsonInside(args)
    expect(refused.code).toBe(4)
    expect(refused.document).toMatchObject({
      ok: false,
      failure: { code: 'rows-refused', params: { good: 3, refused: 3 } },
      written: false,
    })
    expect((refused.document['refusedRows'] as { line: number; code: string }[]).map(({ line, code }) => [line, code])).toEqual([
      [5, 'not-a-date'],
      [6, 'text-missing'],
      [7, 'unknown-kind'],
    ])
    const told = await runInside(args)
    expect([told.code, told.err]).toEqual([4, expect.stringContaining('--skip-bad')])
    expect(told.out).toMatch(/^第 5 行：.*昨天.*\n第 6 行：.+\n第 7 行：.*传言/)
    expect((await listIncident(id)).entryCount).toBe(0)

    const dry = await runJsonInside([...args, '--skip-bad', '--dry-run'])
    expect([dry.code, dry.document['written']]).toEqual([0, false])
    expect((await listIncident(id)).entryCount).toBe(0)
    const taken = await runJsonInside([...args, '--skip-bad'])
    expect(taken).toMatchObject({ code: 0, document: { written: true, good: 3, refused: 3 } })
    const again = await runInside([...args, '--skip-bad', '--dry-run'])
    expect(again.err).toContain('同一个文件')
  })

  test('columns are mapped by hand, kinds named, encodings and zones given', async () => {
    const id = await declareIncident('手工')
    const gb = new Uint8Array([...Buffer.from('a,b,c\n03/04/2026 08:00,'), 0xc4, 0xe3, 0xba, 0xc3, ...Buffer.from(',x\n')])
    const file = writeTable('mapped.csv', gb)
    const base = ['import', file, '--incident', id, '--as', 'timeline', '--data', room.data]
    const { code, document } = await runJsonInside([
      ...base,
      '--map',
      'happenedAt=a',
      '--map',
      'text=b',
      '--map',
      'text=c',
      '--kind',
      'customer-voice',
      '--encoding',
      'gb18030',
      '--zone',
      'Europe/Berlin',
      '--date-order',
      'dmy',
    ])
    expect([code, document['written']], JSON.stringify(document)).toEqual([0, true])
    expect(document['plan']).toEqual({ target: 'timeline', mapping: { happenedAt: 'a', text: ['b', 'c'], defaultKind: 'customer-voice' } })
    const exported = await runInside(['export', id, '--format', 'md', '--data', room.data, '--out', '-', '--zone', 'UTC'])
    expect(exported.out).toContain('你好')
    expect(exported.out).toMatch(/2026-04-03 06:00/)

    expect(await runJsonInside([...base, '--map', 'text=nope'])).toMatchObject({
      code: 4,
      document: { failure: { code: 'column-unknown', params: { column: 'nope', columns: 'a, b, c' } } },
    })
    expect(await runJsonInside([...base, '--map', 'colour=a'])).toMatchObject({ code: 2, document: { failure: { code: 'field-unknown' } } })
  })

  test('numbers become series', async () => {
    const id = await declareIncident('数字')
    const file = writeTable(
      'numbers.tsv',
      'time\treposts\tcomments\n2026-03-01T08:00:00+08:00\t1,200\t3\n2026-03-01T08:10:00+08:00\t1.5万\t4\n',
    )
    const all = await runJsonInside(['import', file, '--incident', id, '--as', 'numbers', '--data', room.data])
    expect(all, JSON.stringify(all.document)).toMatchObject({ code: 0, document: { good: 2, refused: 0, written: true } })
    const one = await runJsonInside([
      'import',
      file,
      '--incident',
      id,
      '--as',
      'numbers',
      '--map',
      'at=time',
      '--map',
      'value=comments',
      '--dry-run',
      '--data',
      room.data,
    ])
    expect(one.document['plan']).toMatchObject({
      target: 'numbers',
      mapping: { at: 'time', values: [{ column: 'comments', name: 'comments' }] },
    })
    const exported = await runInside(['export', id, '--format', 'json', '--data', room.data, '--out', '-'])
    expect(exported.out).toContain('15000')
  })

  test('what is no table, or not there, is refused with a sentence', async () => {
    const id = await declareIncident('拒绝')
    const cases: [string, number, string][] = [
      [join(room.folder, 'nowhere.csv'), 3, 'file-not-found'],
      [writeTable('empty.csv', ''), 4, 'table-unreadable'],
      [writeTable('binary.csv', new Uint8Array(4096)), 4, 'table-unreadable'],
      // A text file with a workbook's name is read as text; it only lacks a time column.
      [writeTable('not-a-book.xlsx', 'a,b\n1,2\n'), 4, 'mapping-incomplete'],
      [
        writeTable('torn.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, ...Array.from({ length: 200 }, (_, index) => index)])),
        4,
        'table-unreadable',
      ],
      [writeTable('page.csv', '<!doctype html><html><body>登录</body></html>'), 4, 'table-unreadable'],
      [room.folder, 4, 'file-not-readable'],
    ]
    for (const [file, code, failure] of cases) {
      const answer = await runJsonInside(['import', file, '--incident', id, '--as', 'timeline', '--data', room.data])
      expect([answer.code, answer.document.failure?.code], file).toEqual([code, failure])
      expect(answer.document.failure?.message, file).toMatch(/[\u4e00-\u9fff].*。$/)
    }
    const onlyBad = writeTable('only-bad.csv', '时间,内容\n昨天,一\n前天,二\n')
    expect(
      await runJsonInside([
        'import',
        onlyBad,
        '--incident',
        id,
        '--as',
        'timeline',
        '--map',
        'happenedAt=时间',
        '--map',
        'text=内容',
        '--skip-bad',
        '--data',
        room.data,
      ]),
    ).toMatchObject({ code: 4, document: { failure: { code: 'no-rows' } } })
    expect((await listIncident(id)).entryCount).toBe(0)
  })

  test('an export never leaves half a file, and writes over only what was named', async () => {
    const id = await declareIncident('落盘')
    const unwritable = join(room.folder, 'no', 'such', 'folder', 'x.md')
    expect(await runJsonInside(['export', id, '--format', 'md', '--data', room.data, '--out', unwritable])).toMatchObject({
      code: 1,
      document: { failure: { code: 'file-not-written' } },
    })
    const named = writeTable('taken.md', 'old')
    expect(await runJsonInside(['export', id, '--format', 'md', '--data', room.data, '--out', named])).toMatchObject({ code: 0 })
    expect(readFileSync(named, 'utf8')).toContain('落盘')
    expect(await runJsonInside(['export', id, '--format', 'md', '--data', room.data, '--out', '-'])).toMatchObject({
      code: 2,
      document: { failure: { code: 'output-taken' } },
    })
    expect(readdirSync(room.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describe.skipIf(!existsSync(HISTORIES))('the real histories of ../shared/data/hot-topics (skipped where they are absent)', () => {
  test.each(HISTORY_NAMES)('%s goes in whole, is searched, exported in every format and verified', async (name) => {
    const file = join(HISTORIES, `${name}.csv`)
    const rows = parse(readFileSync(file, 'utf8'), { columns: true, bom: true }) as { topic: string }[]
    const id = await declareIncident(name)
    const imported = await runJsonInside(['import', file, '--incident', id, '--as', 'timeline', '--data', room.data])
    expect(imported.document, JSON.stringify(imported.document)).toMatchObject({ ok: true, good: rows.length, refused: 0, written: true })
    const numbers = await runJsonInside([
      'import',
      file,
      '--incident',
      id,
      '--as',
      'numbers',
      '--map',
      'at=occurred_at',
      '--map',
      'value=peak_popularity',
      '--data',
      room.data,
    ])
    expect(numbers.document).toMatchObject({ ok: true, good: rows.length, written: true })

    // A two-character Chinese word of the first topic finds exactly the topics that contain it.
    const word = /[\u4e00-\u9fff]{2}/.exec(rows[0]?.topic ?? '')?.[0] ?? ''
    const hits = await search([word], '--incident', id, '--limit', '200')
    expect(hits).toHaveLength(Math.min(200, rows.filter((row) => row.topic.includes(word)).length))

    for (const format of ['md', 'csv', 'xlsx', 'json']) {
      const out = join(room.folder, `${name}.${format}`)
      expect((await runJsonInside(['export', id, '--format', format, '--data', room.data, '--out', out])).document, format).toMatchObject({
        ok: true,
      })
      if (format === 'xlsx') continue
      const text = readFileSync(out, 'utf8')
      expect(
        rows.filter((row) => !text.includes(row.topic)).map((row) => row.topic),
        format,
      ).toEqual([])
    }
    expect((await runJsonInside(['verify', '--data', room.data])).document).toMatchObject({ ok: true, report: { ok: true } })
  })

  test('a real series of reposts becomes numbers', async () => {
    const id = await declareIncident('series')
    const answer = await runJsonInside(['import', join(SERIES, 'event-01.csv'), '--incident', id, '--as', 'numbers', '--data', room.data])
    expect(answer.document, JSON.stringify(answer.document)).toMatchObject({ ok: true, refused: 0, written: true })
  })
})
