import { setImmediate as nextTurn } from 'node:timers/promises'

export type Settled<Answer> = { ok: true; answer: Answer } | { ok: false; error: unknown }

/** How much one commit takes at most; a larger job is taken alone. */
export type GroupBounds = { ops: number; length: number }

type Waiting<Job, Answer> = { job: Job; keys: readonly string[]; settle(settled: Settled<Answer>): void }

/** Which jobs may be committed side by side; left out, none. */
export type Lanes<Job> = {
  /** How many commits run at a time. */
  count: number
  /** What a job is about: jobs that share a key are committed in the order in which they came. */
  keysOf(job: Job): readonly string[]
}

const EVERYTHING = ['']

/**
 * Lets jobs that arrive at the same time share one durable commit: while one commit runs, those that come wait and go
 * together in the next. They are committed in the order in which they came, or with lanes those that have something in common.
 * @param sizeOf what a job counts against the bounds
 * @param commit commits jobs as one, and says of each what became of it; it does not throw. `held` means that nothing was
 *   committed because somebody else holds what one of them is about: they are tried again, no longer together with others
 */
export function createGroupCommit<Job, Answer>(
  bounds: GroupBounds,
  sizeOf: (job: Job) => GroupBounds,
  commit: (jobs: readonly Job[], mixed: boolean) => Promise<Settled<Answer>[] | 'held'>,
  lanes: Lanes<Job> = { count: 1, keysOf: () => EVERYTHING },
) {
  let waiting: Waiting<Job, Answer>[] = []
  const running = new Set<Promise<void>>()
  /** What the commits that run are about. */
  const busy = new Set<string>()
  /** What somebody else has held lately: others do not wait with it. */
  const held = new Set<string>()
  let planned = false
  let closed = false

  /** Those of the waiting ones that go next; `mixed` when not all of them have to do with one another. */
  function takeGroup(): { group: Waiting<Job, Answer>[]; mixed: boolean } {
    const sum: GroupBounds = { ops: 0, length: 0 }
    const group: Waiting<Job, Answer>[] = []
    const left: Waiting<Job, Answer>[] = []
    /** What may not be overtaken. */
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
    if (!mixed && settled.every(({ ok }) => ok)) for (const key of keys) held.delete(key)
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

  /** What other connections have sent by now is read before the next turn: it comes along. */
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
    /** Resolves when the job is committed; rejects with what kept it from being so. */
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
    /** How many jobs wait or are being committed. */
    pending: () => waiting.length + running.size,
    /** Takes nothing more. @returns null when nothing is under way, else when everything taken has been answered */
    close(): Promise<void> | null {
      closed = true
      return waiting.length > 0 || running.size > 0 ? rest() : null
    },
  }
}
