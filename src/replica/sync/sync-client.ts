import { BATCH_LENGTH, BATCH_OPS, type HubLink, type ScopeHead } from '#contract/hub-link.ts'
import type { Change, ReplicaStore } from '../store/replica-store.ts'

export type SyncTrouble = { kind: 'forked'; scope: string; at: number } | { kind: 'frozen'; scope: string; type: string }

export type SyncEvents = {
  /** Entities whose view may have changed. */
  onChanges(changes: readonly Change[]): void
  onTrouble(trouble: SyncTrouble): void
  onConnection(connected: boolean): void
  onFault(error: unknown): void
}

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 30_000

/**
 * Drives the outbox to the hub and the hub's records here. Confirmation is by op id in the ordered stream, never by position.
 * One round runs at a time; a wake-up during a round makes another. The link is only told what the store already holds.
 */
export function createSyncClient(store: ReplicaStore, link: HubLink, events: SyncEvents) {
  let retryMs = FIRST_RETRY_MS
  let retry: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let again = false
  let closed = false
  let connected = false
  let askAnew = false
  const heads = new Map<string, number>()

  const setConnected = (next: boolean) => {
    if (next === connected) return
    connected = next
    events.onConnection(next)
  }

  const noteHeads = (list: readonly ScopeHead[]) => {
    for (const { scope, seq } of list) heads.set(scope, Math.max(seq, heads.get(scope) ?? 0))
  }

  async function pullScope(scope: string): Promise<void> {
    for (;;) {
      const from = store.cursor(scope)
      if (from?.frozen || closed) return
      const { records, more } = await link.pull(scope, from?.seq ?? 0, BATCH_OPS)
      if (records.length === 0 || closed) return
      const result = store.apply(scope, records)
      if (result.kind === 'applied') events.onChanges(result.changes)
      else if (result.kind === 'gap') continue
      else return events.onTrouble({ scope, ...result })
      if (!more) return
    }
  }

  async function pullBehind(): Promise<void> {
    for (const [scope, seq] of heads) if ((store.cursor(scope)?.seq ?? 0) < seq) await pullScope(scope)
  }

  async function pushPending(): Promise<void> {
    for (;;) {
      const batch: string[] = []
      let length = 0
      for (const op of store.pendingOps(BATCH_OPS)) {
        if (batch.length > 0 && length + op.bytes.length > BATCH_LENGTH) break
        batch.push(op.bytes)
        length += op.bytes.length
      }
      if (batch.length === 0 || closed) return
      const { records } = await link.push(batch)
      if (closed) return
      for (const { scope, seq } of records) heads.set(scope, Math.max(seq, heads.get(scope) ?? 0))
      const before = store.pendingCount().count
      for (const [scope, own] of Map.groupBy(records, (record) => record.scope)) {
        // The reply is as good as a pull when it follows on; otherwise others wrote in between.
        const result = store.apply(scope, own)
        if (result.kind === 'applied') events.onChanges(result.changes)
        else await pullScope(scope)
      }
      if (store.pendingCount().count >= before) {
        // Nothing left the outbox: the records stand behind others, or their scope is frozen.
        await pullBehind()
        if (store.pendingCount().count >= before) return
      }
    }
  }

  async function round(): Promise<void> {
    try {
      if (!connected || askAnew) {
        askAnew = false
        const welcome = await link.hello()
        if (store.meta.read('epoch') !== welcome.epoch) store.meta.write('epoch', welcome.epoch)
        noteHeads(welcome.scopes)
        setConnected(true)
      }
      await pullBehind()
      await pushPending()
      retryMs = FIRST_RETRY_MS
    } catch (error) {
      setConnected(false)
      events.onFault(error)
      if (closed) return
      // A full disk or a lost line mends itself sooner or later; what waits goes out then without anybody asking.
      retry ??= setTimeout(() => {
        retry = null
        void wake()
      }, retryMs).unref()
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    }
  }

  async function loop(): Promise<void> {
    do {
      again = false
      await round()
    } while (again && !closed)
    running = null
  }

  /** Asks for a round: after a local commit, a wake-up, or a reconnect. Resolves when nothing is left to do now. */
  function wake(): Promise<void> {
    if (closed) return Promise.resolve()
    again = true
    running ??= loop()
    return running
  }

  /** A round that first asks the hub where everything stands: a wake-up is no guarantee, so somebody calls this now and then. */
  function lookAgain(): Promise<void> {
    askAnew = true
    return wake()
  }

  const stopListening = link.onAdvance((list) => {
    noteHeads(list)
    void wake()
  })

  return {
    wake,
    lookAgain,
    get connected() {
      return connected
    },
    async close(): Promise<void> {
      closed = true
      stopListening()
      if (retry) clearTimeout(retry)
      await running
      link.close()
    },
  }
}

export type SyncClient = ReturnType<typeof createSyncClient>
