import { closeSync, existsSync, openSync, readdirSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { siblingTableWorker } from '#replica/tables/read/run-table-worker.ts'
import type { FromTableWorker, TableJob } from '#replica/tables/read/table-messages.ts'
import { inspectTable, readTable } from '#replica/tables/read/table-reader.ts'
import type { TableBatch } from '#replica/tables/read/table-shape.ts'
import { makeWorkbook, makeZip, workbookEntries } from '../make-zip.ts'
import { fileOf, scratchFolder } from '../table-files.ts'

const REAL_DATA = join(import.meta.dirname, '../../../../../shared/data')

async function collect(batches: AsyncIterable<TableBatch>): Promise<TableBatch[]> {
  const all: TableBatch[] = []
  for await (const batch of batches) all.push(batch)
  return all
}

function bigFile(rows: number): string {
  const path = join(scratchFolder(), 'big.csv')
  const file = openSync(path, 'w')
  writeSync(file, 'n,topic\n')
  for (let row = 0; row < rows; row += 10_000) {
    writeSync(file, Array.from({ length: 10_000 }, (_, index) => `${row + index},茶颜悦色再发道歉声明\n`).join(''))
  }
  closeSync(file)
  return path
}

/** A worker that never sends a message and never stops, as one stuck in a hostile file. */
const HANGING = pathToFileURL(join(import.meta.dirname, '../hanging-worker.ts'))

test.runIf(existsSync(REAL_DATA))('the real histories are read without a fault (skipped where ../shared/data is absent)', async () => {
  for (const folder of ['hot-topics', 'event-series']) {
    for (const name of readdirSync(join(REAL_DATA, folder))) {
      const path = join(REAL_DATA, folder, name)
      const inspected = await inspectTable(path)
      expect(inspected).toMatchObject({ ok: true, value: { format: 'csv', encoding: 'utf-8' } })
      if (!inspected.ok) continue
      expect(inspected.value.columns[0]).toBe(folder === 'hot-topics' ? 'occurred_at' : 'time')
      const rows = (await collect(readTable(path))).flatMap((batch) => batch.rows)
      expect(rows.length).toBe(inspected.value.rowCount)
      expect(rows.filter((row) => row.problem !== undefined)).toEqual([])
    }
  }
})

test('an inspection shows the columns, fifty rows and the number of all', async () => {
  const path = fileOf('small.csv', `n\n${Array.from({ length: 3000 }, (_, index) => index).join('\n')}\n`)
  const inspected = await inspectTable(path)
  expect(inspected).toMatchObject({ ok: true, value: { columns: ['n'], rowCount: 3000 } })
  if (inspected.ok)
    expect(inspected.value.sample.map((row) => row.cells?.[0])).toEqual(Array.from({ length: 50 }, (_, index) => String(index)))
})

test('an inspection of a large file stops after the sample', async () => {
  const inspected = await inspectTable(bigFile(500_000))
  expect(inspected).toMatchObject({ ok: true, value: { rowCount: null } })
  if (inspected.ok) expect(inspected.value.sample).toHaveLength(50)
})

test('an inspection tells of a fault behind the sample, and refuses where there is no row before it', async () => {
  expect(await inspectTable(fileOf('late.json', '[{"a":1},{"a":2},,]'))).toMatchObject({
    ok: true,
    value: { rowCount: 2, stopped: { code: 'bad-json' } },
  })
  expect(await inspectTable(fileOf('open.csv', 'a\n"b\n'))).toMatchObject({ ok: false, problem: { code: 'quote-not-closed', line: 2 } })
  expect(await inspectTable(join(scratchFolder(), 'gone.csv'))).toMatchObject({ ok: false, problem: { code: 'file-missing' } })
})

test('a million rows come in bounded batches, in order', async () => {
  const path = bigFile(1_000_000)
  let expected = 0
  let bytes = 0
  for await (const batch of readTable(path)) {
    expect(batch.rows.length).toBeLessThanOrEqual(1000)
    expect(batch.bytesRead).toBeGreaterThanOrEqual(bytes)
    bytes = batch.bytesRead
    for (const row of batch.rows) if (Number(row.cells?.[0]) === expected) expected += 1
    expect(batch.stopped).toBeUndefined()
  }
  expect(expected).toBe(1_000_000)
})

test('the worker sends one batch for each that is asked for, and waits meanwhile', async () => {
  const job: TableJob = { task: 'read', path: bigFile(20_000), options: {} }
  const worker = new Worker(siblingTableWorker(), { workerData: job })
  const kinds: string[] = []
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!condition()) return
        worker.off('message', look)
        resolve()
      }
      worker.on('message', look)
    })
  worker.on('message', (message: FromTableWorker) => kinds.push(message.kind))
  const batches = () => kinds.filter((kind) => kind === 'batch').length

  // The worker sends a heartbeat while the next batch is held back.
  await until(() => kinds.includes('alive'))
  expect(batches()).toBe(0)
  worker.postMessage({ kind: 'more' })
  worker.postMessage({ kind: 'more' })
  await until(() => batches() === 2)
  const beats = kinds.filter((kind) => kind === 'alive').length
  await until(() => kinds.filter((kind) => kind === 'alive').length > beats)
  expect(batches()).toBe(2)
  await worker.terminate()
})

test('an abort ends the reading with its own problem, before and in the midst of it', async () => {
  const path = bigFile(200_000)
  const aborted = await collect(readTable(path, {}, { signal: AbortSignal.abort() }))
  expect(aborted).toMatchObject([{ rows: [], stopped: { code: 'cancelled' } }])
  expect(await inspectTable(path, {}, { signal: AbortSignal.abort() })).toMatchObject({ ok: false, problem: { code: 'cancelled' } })

  const controller = new AbortController()
  const stops: unknown[] = []
  for await (const batch of readTable(path, {}, { signal: controller.signal })) {
    controller.abort()
    if (batch.stopped !== undefined) stops.push(batch.stopped.code)
  }
  expect(stops).toEqual(['cancelled'])
})

test('B1: a worker that hangs is ended, though it never gives up the processor', async () => {
  const path = fileOf('any.csv', 'a\n1\n')
  const run = { workerUrl: HANGING, patienceMs: 300 }
  expect(await inspectTable(path, {}, run)).toMatchObject({ ok: false, problem: { code: 'took-too-long' } })
  expect(await collect(readTable(path, {}, run))).toMatchObject([{ stopped: { code: 'took-too-long' } }])
})

test('a worker that cannot start is a problem of the list', async () => {
  const workerUrl = pathToFileURL(join(scratchFolder(), 'missing.js'))
  expect(await inspectTable(fileOf('any.csv', 'a\n1\n'), {}, { workerUrl })).toMatchObject({
    ok: false,
    problem: { code: 'reader-failed' },
  })
})

test('B3: a workbook whose texts would fill the memory takes the worker with it and nothing else', async () => {
  // Distinct short texts cost one JavaScript string each: the most memory per inflated byte within the archive limits.
  const strings = Array.from({ length: 2_000_000 }, (_, index) => `<si><t>${(index * 2_654_435_761).toString(36)}</t></si>`).join('')
  const path = fileOf(
    'texts.xlsx',
    makeZip(workbookEntries({ rows: '<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>', strings })),
  )
  expect(await collect(readTable(path, {}, { memoryMb: 32 }))).toMatchObject([{ rows: [], stopped: { code: 'too-much-memory' } }])
  expect((await collect(readTable(path)))[0]?.rows).toHaveLength(1)
})

test('a sparse gigabyte and a workbook pass through the worker like anything else', async () => {
  const sparse = fileOf('sparse.csv', 'a\n1\n'.repeat(20_000))
  truncateSync(sparse, 1024 ** 3)
  expect(await inspectTable(sparse)).toMatchObject({ ok: false, problem: { code: 'file-too-large' } })
  const workbook = fileOf('book.xlsx', makeWorkbook({ rows: '<row><c t="str"><v>a</v></c></row><row><c><v>7</v></c></row>' }))
  expect(await inspectTable(workbook)).toMatchObject({ ok: true, value: { format: 'xlsx', sheets: ['表一'], rowCount: 1 } })
})
