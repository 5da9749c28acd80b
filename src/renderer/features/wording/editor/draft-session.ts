import type { Failure, Result } from '#contract/failures.ts'
import { openDraft, packUpdates } from '#domain/wording/draft-document.ts'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'

/** Whether everything that was typed is on disk. */
export type SaveState = { phase: 'saved' | 'writing' | 'failed'; failure: Failure | null }

/** Edits are written after a pause of this length, milliseconds; somebody who types without a pause delays the write this often. */
const PAUSE_MS = 400
const MOST_DELAYS = 24
/** A failed write is tried again after this time. Milliseconds. */
const RETRY_MS = 3000

/** Failures that may pass by themselves; a refused edit is only tried again with the next one, or on request. */
const MAY_PASS: ReadonlySet<string> = new Set(['not-saved', 'disconnected', 'internal', 'database-trouble'])

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
  state(): SaveState
  subscribe(onChange: () => void): () => void
  close(): Promise<void>
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
  let queued: Uint8Array[] = []
  let state: SaveState = { phase: 'saved', failure: null }
  let timer: unknown = null
  let keys = 0
  let writing: Promise<boolean> | null = null

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

  async function writeQueued(): Promise<boolean> {
    while (queued.length > 0) {
      const batch = queued
      const [first, ...rest] = packUpdates(batch)
      if (first === undefined) break
      queued = []
      keys = 0
      const result = await write(first)
      if (!result.ok) {
        queued = [...batch, ...queued]
        setState({ phase: 'failed', failure: result.failure })
        if (MAY_PASS.has(result.failure.code)) schedule(RETRY_MS)
        return false
      }
      queued = [...rest.map((update) => fromBase64(update)), ...queued]
    }
    setState({ phase: 'saved', failure: null })
    return true
  }

  function flush(): Promise<boolean> {
    if (timer !== null) timers.clear(timer)
    timer = null
    writing ??= writeQueued().finally(() => {
      writing = null
    })
    return writing
  }

  return {
    doc,
    undo,
    receive: (latest) => {
      const bytes = fromBase64(latest)
      Y.applyUpdate(doc, bytes, 'stored')
    },
    flush,
    state: () => state,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
    async close() {
      undo.destroy()
      // What could not be written is tried again also after the editor is closed.
      if (await flush()) doc.destroy()
    },
  }
}
