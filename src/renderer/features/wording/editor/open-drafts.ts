import type { DraftSession } from './draft-session.ts'

/** What an author writes beside the text, for the next revision. `reasons`: for keeping what the checks found, by finding. */
export type Beside = { note: string; reasons: Readonly<Record<string, string>> }

const NOTHING: Beside = { note: '', reasons: {} }

/** A draft that is open, or that was left with something that is not written. */
export type OpenDraft = {
  session: DraftSession
  beside(): Beside
  setBeside(change: Partial<Beside>): void
  subscribe(onChange: () => void): () => void
}

type Kept = OpenDraft & { users: number }

/**
 * The drafts that are open on a page. A draft outlives its editor while something in it is not written, so that neither another tab
 * of the page nor a failure to save loses what was typed.
 */
export function createOpenDrafts() {
  const kept = new Map<string, Kept>()

  function keep(session: DraftSession): Kept {
    let beside = NOTHING
    const listeners = new Set<() => void>()
    return {
      session,
      users: 0,
      beside: () => beside,
      setBeside(change) {
        beside = { ...beside, ...change }
        for (const listener of listeners) listener()
      },
      subscribe(onChange) {
        listeners.add(onChange)
        return () => void listeners.delete(onChange)
      },
    }
  }

  /** Ends a draft that no editor shows, once everything in it is written and nothing waits for the next revision. */
  async function settle(key: string, one: Kept): Promise<void> {
    if (!(await one.session.flush())) return
    const { note, reasons } = one.beside()
    const waits = note.trim() !== '' || Object.values(reasons).some((reason) => reason.trim() !== '')
    if (one.users > 0 || waits || kept.get(key) !== one) return
    kept.delete(key)
    one.session.end()
  }

  return {
    /** Opens a draft, or the one that was left. */
    enter(key: string, open: () => DraftSession): OpenDraft {
      const known = kept.get(key)
      const one = known ?? keep(open())
      if (!known) {
        kept.set(key, one)
        one.session.subscribe(() => {
          if (one.users === 0 && one.session.state().phase === 'saved') void settle(key, one)
        })
      }
      one.users += 1
      return one
    },
    /** An editor no longer shows it. */
    leave(key: string): void {
      const one = kept.get(key)
      if (!one) return
      one.users -= 1
      void settle(key, one)
    },
    /** Tries to write everything, and says whether something is not written yet. */
    flushAll(): boolean {
      for (const { session } of kept.values()) void session.flush()
      return [...kept.values()].some(({ session }) => session.state().phase !== 'saved')
    },
  }
}

export type OpenDrafts = ReturnType<typeof createOpenDrafts>
