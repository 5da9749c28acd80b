import type { Failure, Result } from '#contract/failures.ts'
import { openDraft, packUpdates } from '#domain/wording/draft-document.ts'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'

/** Whether everything that was typed is in the stored draft. */
export type SaveState = { phase: 'saved' | 'writing' | 'failed'; failure: Failure | null }

/** Edits are written after a pause of this length, milliseconds; somebody who types without a pause delays the write this often. */
const PAUSE_MS = 400
const MOST_DELAYS = 24
/** A failed write is tried again after this time. Milliseconds. */
const RETRY_MS = 3000
/** How long the stored draft may lack what was written before that counts as lost: a read may have begun before the write. Milliseconds. */
const LOST_MS = 2000

/** Failures that may pass by themselves; a refused edit is only tried again with the next one, or on request. */
const MAY_PASS: ReadonlySet<string> = new Set(['not-saved', 'disconnected', 'internal', 'database-trouble'])

/** The hub has refused an edit that this device had written. */
const LOST: Failure = { code: 'draft-edit', params: { problem: 'incomplete' } }

const isIncomplete = ({ code, params }: Failure) => code === 'draft-edit' && params['problem'] === 'incomplete'

/** The origin of own edits: only these are written, and only these are undone. */
export const OWN = Symbol('own edit')

type Timers = { set(act: () => void, ms: number): unknown; clear(timer: unknown): void }

/** The draft as one editor holds it: the document, what is not written yet, and own undo. */
export type DraftSession = {
  doc: Y.Doc
  undo: Y.UndoManager
  /** Merges the stored draft in; texts typed here stay. */
  receive(encoded: string): void
  /** Writes what is not written yet. Resolves to false while something is left. */
  flush(): Promise<boolean>
  /** Writes what the stored draft lacks, whether or not it was written before. Resolves to false while something is left. */
  writeAll(): Promise<boolean>
  state(): SaveState
  subscribe(onChange: () => void): () => void
  /** Ends the session. What is not written by then is lost. */
  end(): void
}

/**
 * Opens a draft for editing. What is typed is written in batches; after a failure it stays queued and is tried again.
 * @param write writes one edit; it must not throw
 * @param clientId a random number of 32 bits above 1
 */
export function createDraftSession(
  encoded: string,
  clientId: number,
  write: (update: string) => Promise<Result<unknown>>,
  timers: Timers,
): DraftSession {
  const doc = openDraft(encoded)
  doc.clientID = clientId
  const listeners = new Set<() => void>()
  let stored = openDraft(encoded)
  let queued: Uint8Array[] = []
  let state: SaveState = { phase: 'saved', failure: null }
  let timer: unknown = null
  let keys = 0
  let writing: Promise<boolean> | null = null
  let lossCheck: unknown = null

  const undo = new Y.UndoManager(
    [doc.getText('title'), doc.getText('core'), doc.getMap('blocks'), doc.getMap('objections'), doc.getMap('variants')],
    { trackedOrigins: new Set([OWN]), captureTimeout: 700 },
  )

  function setState(next: SaveState): void {
    if (next.phase === state.phase && next.failure === state.failure) return
    state = next
    for (const listener of listeners) listener()
  }

  function schedule(ms: number): void {
    if (timer !== null) timers.clear(timer)
    timer = timers.set(() => {
      timer = null
      void flush()
    }, ms)
  }

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== OWN && origin !== undo) return
    queued.push(update)
    setState({ phase: state.phase === 'failed' ? 'failed' : 'writing', failure: state.failure })
    // Each edit delays the write by the pause; after many edits without a pause it is no longer delayed.
    keys += 1
    if (keys < MOST_DELAYS || timer === null) schedule(PAUSE_MS)
  })

  /** Everything that the stored draft lacks, as one update. */
  const missing = () => Y.encodeStateAsUpdate(doc, Y.encodeStateVector(stored))
  const isAllStored = () => Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(stored))

  /** The draft was read again without something that counted as written: the hub has refused it. */
  function checkLoss(): void {
    if (lossCheck !== null) timers.clear(lossCheck)
    lossCheck = timers.set(() => {
      lossCheck = null
      if (state.phase === 'saved' && !isAllStored()) setState({ phase: 'failed', failure: LOST })
    }, LOST_MS)
  }

  async function writeQueued(): Promise<boolean> {
    let whole = false
    while (queued.length > 0) {
      const batch = queued
      const [first, ...rest] = packUpdates(batch)
      if (first === undefined) break
      queued = []
      keys = 0
      const result = await write(first)
      if (!result.ok && isIncomplete(result.failure) && !whole) {
        // An earlier edit was refused after it was written: what follows only applies together with it.
        whole = true
        queued = [missing()]
        continue
      }
      if (!result.ok) {
        queued = [...batch, ...queued]
        setState({ phase: 'failed', failure: result.failure })
        if (MAY_PASS.has(result.failure.code)) schedule(RETRY_MS)
        writing = null
        return false
      }
      queued = [...rest.map((update) => fromBase64(update)), ...queued]
    }
    setState({ phase: 'saved', failure: null })
    // At once, not when the promise is settled: what is queued meanwhile begins another write.
    writing = null
    return true
  }

  function flush(): Promise<boolean> {
    if (timer !== null) timers.clear(timer)
    timer = null
    if (writing) return writing
    if (queued.length === 0) return Promise.resolve(state.phase === 'saved')
    writing = writeQueued()
    return writing
  }

  return {
    doc,
    undo,
    receive: (latest) => {
      stored.destroy()
      stored = openDraft(latest)
      Y.applyUpdate(doc, fromBase64(latest), 'stored')
      if (state.failure === LOST && isAllStored()) setState({ phase: 'saved', failure: null })
      else if (state.phase === 'saved' && !isAllStored()) checkLoss()
    },
    flush,
    writeAll() {
      if (queued.length === 0 && !isAllStored()) queued = [missing()]
      return flush()
    },
    state: () => state,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
    end() {
      for (const pending of [timer, lossCheck]) if (pending !== null) timers.clear(pending)
      undo.destroy()
      doc.destroy()
    },
  }
}
