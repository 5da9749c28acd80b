/**
 * Entry of the worker thread that reads foreign files, so that a file that hangs or exhausts memory stops only this thread.
 * Started by `table-reader.ts`.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { inspectOpenTable } from './inspect-open-table.ts'
import { openTable, type OpenTable } from './open-table.ts'
import type { FromTableWorker, TableJob, ToTableWorker } from './table-messages.ts'

const ALIVE_EVERY_MS = 2000

const port = parentPort
if (port === null) throw new Error('table-worker runs in a worker thread only')
const send = (message: FromTableWorker) => port.postMessage(message)

const credit = { left: 0, wake: () => {} }
port.on('message', (message: ToTableWorker) => {
  if (message.kind !== 'more') return
  credit.left += 1
  credit.wake()
})

async function spendCredit(): Promise<void> {
  while (credit.left === 0) {
    await new Promise<void>((resolve) => {
      credit.wake = resolve
    })
  }
  credit.left -= 1
}

async function sendBatches(table: OpenTable): Promise<void> {
  for await (const batch of table.batches()) {
    await spendCredit()
    send({ kind: 'batch', batch })
  }
}

const { task, path, options } = workerData as TableJob
const heartbeat = setInterval(() => send({ kind: 'alive' }), ALIVE_EVERY_MS)
const opened = await openTable(path, options)
if (!opened.ok) {
  send(task === 'inspect' ? { kind: 'inspected', outcome: opened } : { kind: 'refused', problem: opened.problem })
} else {
  const table = opened.value
  if (task === 'inspect') send({ kind: 'inspected', outcome: await inspectOpenTable(table) })
  else await sendBatches(table)
  await table.close()
}
send({ kind: 'finished' })
clearInterval(heartbeat)
port.close()
