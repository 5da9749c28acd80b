import { MINUTE } from '#domain/durations.ts'
import { Worker } from 'node:worker_threads'
import { tableProblem, type FileProblemCode, type TableProblem } from '../table-problem.ts'
import type { FromTableWorker, TableJob, ToTableWorker } from './table-messages.ts'

/** Options of a worker run: where the worker is, and its limits. */
export interface TableRun {
  /** Ends the reading with the problem `cancelled`. */
  readonly signal?: AbortSignal
  /** The worker's file: `siblingTableWorker()` from source, its bundle in a built app. */
  readonly workerUrl?: URL
  /** Longest time without a message from a busy worker, in milliseconds; then it is ended (`took-too-long`). */
  readonly patienceMs?: number
  /** Longest total working time of the worker, in milliseconds; time in which rows wait to be taken does not count. */
  readonly budgetMs?: number
  /** Heap of the worker in MB; a worker that needs more is ended (`too-much-memory`). */
  readonly memoryMb?: number
}

const MEMORY_MB = 768
const PATIENCE_MS = 30_000
const BUDGET_MS = 10 * MINUTE

type WorkerEvent = FromTableWorker | { readonly kind: 'failed'; readonly problem: TableProblem<FileProblemCode> }

export interface RunningTableWorker {
  /** The next message of the worker, or why there will be none. */
  next(): Promise<Exclude<WorkerEvent, { kind: 'alive' }>>
  /** Requests one more batch. */
  more(): void
  /** Ends the worker immediately. */
  end(): Promise<void>
}

/** The worker's source file, beside this one; valid wherever the sources run as they are. */
export function siblingTableWorker(): URL {
  const name = import.meta.url.endsWith('.ts') ? 'table-worker.ts' : 'table-worker.js'
  return new URL(name, import.meta.url)
}

/** Starts the worker on a job, with limits on memory and time. */
export function runTableWorker(job: TableJob, run: TableRun): RunningTableWorker {
  const events: WorkerEvent[] = []
  let wake = () => {}
  const add = (event: WorkerEvent) => {
    events.push(event)
    wake()
  }
  const fail = (code: FileProblemCode, params: Record<string, string | number> = {}) =>
    add({ kind: 'failed', problem: tableProblem(code, params) })

  const worker = new Worker(run.workerUrl ?? siblingTableWorker(), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: run.memoryMb ?? MEMORY_MB },
  })
  worker.on('message', add)
  worker.on('error', (error: Error & { code?: string }) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') fail('too-much-memory')
    else fail('reader-failed', { reason: error.message })
  })
  worker.on('exit', () => fail('reader-failed', { reason: 'exit' }))
  const cancel = () => {
    events.length = 0
    fail('cancelled')
  }
  if (run.signal?.aborted === true) cancel()
  else run.signal?.addEventListener('abort', cancel, { once: true })

  const patienceMs = run.patienceMs ?? PATIENCE_MS
  let budgetMs = run.budgetMs ?? BUDGET_MS

  async function nextEvent(): Promise<WorkerEvent> {
    const since = performance.now()
    const timer = setTimeout(() => fail('took-too-long'), Math.min(patienceMs, budgetMs))
    while (events.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    clearTimeout(timer)
    budgetMs = Math.max(0, budgetMs - (performance.now() - since))
    return events.shift() ?? { kind: 'alive' }
  }

  return {
    async next() {
      for (;;) {
        const event = await nextEvent()
        if (event.kind !== 'alive') return event
      }
    },
    more: () => {
      const message: ToTableWorker = { kind: 'more' }
      worker.postMessage(message)
    },
    async end() {
      run.signal?.removeEventListener('abort', cancel)
      await worker.terminate()
    },
  }
}
