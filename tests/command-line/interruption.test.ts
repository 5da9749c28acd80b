import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declareIncident, finish, openWarRoom, runJson, startCommand } from './run-command.ts'

let room: Awaited<ReturnType<typeof openWarRoom>>
let file: string
const ROWS = 5000

beforeAll(async () => {
  room = await openWarRoom()
  file = join(room.folder, 'long.csv')
  const lines = Array.from(
    { length: ROWS },
    (_, index) => `2026-01-${String(1 + (index % 28)).padStart(2, '0')}T08:00:00+08:00,第 ${index} 条：门店排队，顾客投诉小票上的字`,
  )
  writeFileSync(file, `time,text\n${lines.join('\n')}\n`)
})
afterAll(() => room.remove())

function walBytes(): number {
  const wal = join(room.data, 'replica.db-wal')
  return existsSync(wal) ? statSync(wal).size : 0
}

test('Ctrl-C during an import cancels it: nothing half-done is seen, the data is sound, and the same file goes in afterwards', async () => {
  const id = await declareIncident(room.data, '中断')
  const args = ['import', file, '--incident', id, '--as', 'timeline', '--data', room.data]
  const child = startCommand([...args, '--json'])
  const ended = finish(child)
  // The WAL grows when the check is done and rows are being written.
  while (walBytes() < 300_000 && child.exitCode === null) await pause(5)
  child.kill('SIGINT')
  const { code, out } = await ended
  expect(JSON.parse(out)).toMatchObject({ ok: false, failure: { code: 'interrupted' } })
  expect(code).toBe(130)

  expect((await runJson(['incidents', '--data', room.data])).document).toMatchObject({ incidents: [{ id, entryCount: 0 }] })
  expect((await runJson(['search', '小票', '--data', room.data])).document).toMatchObject({ ok: true, hits: [] })
  expect((await runJson(['verify', '--data', room.data])).document).toMatchObject({ ok: true })
  expect((await runJson(args)).document).toMatchObject({ ok: true, good: ROWS, written: true })
  expect((await runJson(['incidents', '--data', room.data])).document).toMatchObject({ incidents: [{ id, entryCount: ROWS }] })
}, 240_000)

test('a reader that goes away ends an export with a sentence and code 1, and the data folder stays usable', async () => {
  const child = startCommand(['export', '中断', '--format', 'md', '--out', '-', '--data', room.data])
  child.stdout.once('data', () => child.stdout.destroy())
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  const code = await new Promise((resolve) => {
    child.on('exit', resolve)
  })
  expect([code, said]).toEqual([1, '读取输出的一方提前关闭了，输出不完整。\n'])
  expect((await runJson(['verify', '--data', room.data])).code).toBe(0)
})
