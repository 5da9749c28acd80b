import { setImmediate as nextTurn } from 'node:timers/promises'

export type Settled<Answer> = { ok: true; answer: Answer } | { ok: false; error: unknown }

/** Upper bounds of one commit; a larger job is committed alone. */
export type GroupBounds = { ops: number; length: number }

type Waiting<Job, Answer> = { job: Job; keys: readonly string[]; settle(settled: Settled<Answer>): void }

/** Which jobs may be committed concurrently; without it, none. */
export type Lanes<Job> = {
  /** How many commits run concurrently. */
  count: number
  /** The keys of a job; jobs that share a key are committed in order of arrival. */
  keysOf(job: Job): readonly string[]
  /** Whether a job failed because another transaction holds one of its keys. */
  isHeld(error: unknown): boolean
}

const EVERYTHING = ['']

/**
 * Lets jobs that arrive at the same time share one durable commit: jobs that arrive during a commit wait and go together in the
 * next. They are committed in order of arrival; with lanes, only jobs that share a key are ordered.
 * @param sizeOf the size of a job, counted against the bounds
 * @param commit commits jobs as one and returns the outcome of each; it does not throw. `held` means that nothing was committed
 *   because another transaction holds one of the keys: the jobs are retried separately from others
 */
export function createGroupCommit<Job, Answer>(
  bounds: GroupBounds,
  sizeOf: (job: Job) => GroupBounds,
  commit: (jobs: readonly Job[], mixed: boolean) => Promise<Settled<Answer>[] | 'held'>,
  lanes: Lanes<Job> = { count: 1, keysOf: () => EVERYTHING, isHeld: () => false },
) {
  let waiting: Waiting<Job, Answer>[] = []
  const running = new Set<Promise<void>>()
  /** Keys of the running commits. */
  const busy = new Set<string>()
  /** Keys that another transaction held recently; other jobs are not grouped with them. */
  const held = new Set<string>()
  let planned = false
  let closed = false

  /** Takes the next group of waiting jobs; `mixed` when not all of them share keys. */
  function takeGroup(): { group: Waiting<Job, Answer>[]; mixed: boolean } {
    const sum: GroupBounds = { ops: 0, length: 0 }
    const group: Waiting<Job, Answer>[] = []
    const left: Waiting<Job, Answer>[] = []
    /** Keys that later jobs must not overtake. */
    const passed = new Set(busy)
    const own = new Set<string>()
    let mixed = false
    let apart = false
    let full = false
    for (const one of waiting) {
      const { ops, length } = sizeOf(one.job)
      const kin = one.keys.some((key) => own.has(key))
      const joins: boolean =
        !full &&
        !one.keys.some((key) => passed.has(key)) &&
        (group.length === 0 || kin || !(apart || one.keys.some((key) => held.has(key))))
      full ||= joins && group.length > 0 && (sum.ops + ops > bounds.ops || sum.length + length > bounds.length)
      if (!joins || full) {
        left.push(one)
        for (const key of one.keys) passed.add(key)
        continue
      }
      apart ||= one.keys.some((key) => held.has(key))
      mixed ||= group.length > 0 && !kin
      group.push(one)
      for (const key of one.keys) own.add(key)
      sum.ops += ops
      sum.length += length
    }
    waiting = left
    return { group, mixed }
  }

  async function run(group: readonly Waiting<Job, Answer>[], mixed: boolean): Promise<void> {
    const keys = group.flatMap((one) => one.keys)
    const settled = await commit(
      group.map(({ job }) => job),
      mixed,
    )
    for (const key of keys) busy.delete(key)
    if (settled === 'held') {
      for (const key of keys) held.add(key)
      waiting.unshift(...group)
      return
    }
    // A job that failed for a reason of its own was not kept from its keys.
    if (!mixed && !settled.some((one) => !one.ok && lanes.isHeld(one.error))) for (const key of keys) held.delete(key)
    for (const [index, { settle }] of group.entries())
      settle(settled[index] ?? { ok: false, error: new Error('A commit said nothing of a job') })
  }

  function begin(): void {
    while (running.size < lanes.count && waiting.length > 0) {
      const { group, mixed } = takeGroup()
      if (group.length === 0) return
      for (const key of group.flatMap((one) => one.keys)) busy.add(key)
      const one = run(group, mixed).then(() => {
        running.delete(one)
        plan()
      })
      running.add(one)
    }
  }

  /** Waits one turn, so that data already received from other connections joins this commit. */
  function plan(): void {
    if (planned || waiting.length === 0) return
    planned = true
    void nextTurn().then(() => {
      planned = false
      begin()
    })
  }

  async function rest(): Promise<void> {
    while (waiting.length > 0 || running.size > 0) await (running.size > 0 ? Promise.all(running) : nextTurn())
  }

  return {
    /** Resolves when the job is committed; rejects with the error that prevented the commit. */
    submit(job: Job): Promise<Answer> {
      if (closed) return Promise.reject(new Error('The log is closed'))
      return new Promise((resolve, reject) => {
        waiting.push({
          job,
          keys: lanes.keysOf(job),
          settle: (settled) => (settled.ok ? resolve(settled.answer) : reject(settled.error as Error)),
        })
        plan()
      })
    },
    /** The number of jobs waiting or being committed. */
    pending: () => waiting.length + running.size,
    /** Accepts no more jobs. @returns null when idle, else a promise that resolves when all accepted jobs are answered */
    close(): Promise<void> | null {
      closed = true
      return waiting.length > 0 || running.size > 0 ? rest() : null
    },
  }
}
