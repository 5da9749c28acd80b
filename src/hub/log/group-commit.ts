import { setImmediate as nextTurn } from 'node:timers/promises'

export type Settled<Answer> = { ok: true; answer: Answer } | { ok: false; error: unknown }

/** How much one commit takes at most; a larger job is taken alone. */
export type GroupBounds = { ops: number; length: number }

type Waiting<Job, Answer> = { job: Job; settle(settled: Settled<Answer>): void }

/**
 * Lets jobs that arrive at the same time share one durable commit: while one commit runs, those that come wait and go
 * together in the next. They are committed in the order in which they came.
 * @param sizeOf what a job counts against the bounds
 * @param commit commits jobs as one, and says of each what became of it; it does not throw
 */
export function createGroupCommit<Job, Answer>(bounds: GroupBounds, sizeOf: (job: Job) => GroupBounds, commit: (jobs: readonly Job[]) => Promise<Settled<Answer>[]>) {
  let waiting: Waiting<Job, Answer>[] = []
  let running: Promise<void> | null = null
  let closed = false

  function takeGroup(): Waiting<Job, Answer>[] {
    const sum: GroupBounds = { ops: 0, length: 0 }
    const beyond = waiting.findIndex(({ job }, index) => {
      const size = sizeOf(job)
      sum.ops += size.ops
      sum.length += size.length
      return index > 0 && (sum.ops > bounds.ops || sum.length > bounds.length)
    })
    const group = beyond === -1 ? waiting : waiting.slice(0, beyond)
    waiting = waiting.slice(group.length)
    return group
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // What other connections have sent by now is read before the next turn: it comes along.
      await nextTurn()
      const group = takeGroup()
      const settled = await commit(group.map(({ job }) => job))
      for (const [index, { settle }] of group.entries()) settle(settled[index] ?? { ok: false, error: new Error('A commit said nothing of a job') })
    }
    running = null
  }

  return {
    /** Resolves when the job is committed; rejects with what kept it from being so. */
    submit(job: Job): Promise<Answer> {
      if (closed) return Promise.reject(new Error('The log is closed'))
      return new Promise((resolve, reject) => {
        waiting.push({ job, settle: (settled) => (settled.ok ? resolve(settled.answer) : reject(settled.error as Error)) })
        running ??= run()
      })
    },
    /** Takes nothing more. @returns null when nothing is under way, else when everything taken has been answered */
    close(): Promise<void> | null {
      closed = true
      return running
    },
  }
}
