import { LinkDown, LinkRefused } from '#contract/hub-link.ts'
import type { LinkWire } from '#contract/connect-hub.ts'
import type { LinkAnswer, LinkCallName, LinkNotice } from '#contract/hub-wire.ts'
import type { HubLinkEnd } from '#hub/session/links.ts'
import type { LinkOwner } from '#hub/accounts/link-owner.ts'
import type { HubProcess } from './hub-process.ts'

/** What happens to a question or notice on the wire; `twice` repeats a question that had arrived. */
export const FATES = ['arrives', 'lost', 'reply-lost', 'twice'] as const
export type Fate = (typeof FATES)[number]

/** The directions in which nothing gets through. */
export const CUTS = ['both', 'to-hub', 'from-hub'] as const
export type Cut = (typeof CUTS)[number]

type Message = { from: string; what: string; meet(fate: Fate): Promise<void> }
type Queued = Message & { epoch: number }

export type WireNetwork = {
  /** All messages under way, oldest first. */
  underWay(): readonly string[]
  /** Takes the message at that place (modulo their number) off the wire; null when none is under way. */
  take(place: number): { from: string; what: string; meet(fate: Fate): Promise<void> } | null
  /** Sorts what was sent since the last call into an order that does not depend on the speed of file access. */
  arrange(): void
  /** Takes every question off the wire. */
  takeQuestions(): Message[]
  wire(from: string, owner: LinkOwner, hub: () => HubProcess): LinkWire
  /** Number of answers that a device waits for. */
  waitingFor(from: string): number
  cut(from: string, how: Cut | null): void
  /** Removes a device: what it sent or would receive is dropped silently. */
  forget(from: string): void
  /** A hub is back: each device on a line gets an access notice, so that it asks again. */
  reconnect(): void
}

/** A network whose messages do not move by themselves; its user picks what happens next. */
export function createWireNetwork(): WireNetwork {
  let queue: Queued[] = []
  let epoch = 0
  const cuts = new Map<string, Cut>()
  const lines = new Map<string, { end(): void; back(): void }>()
  const waiting = new Map<string, number>()

  const isQuestion = ({ what }: Message) => what !== 'access' && what !== 'advance' && what !== 'refused'

  const blocked = (from: string, way: Cut) => {
    const cut = cuts.get(from)
    return cut === 'both' || cut === way
  }

  function wire(from: string, owner: LinkOwner, hub: () => HubProcess): LinkWire {
    let gone = false
    let refused: LinkRefused | null = null
    let open: { at: HubProcess; run: number; end: HubLinkEnd } | null = null
    const listeners = new Set<(notice: unknown) => void>()
    const pending = new Set<(error: Error) => void>()
    const tell = (notice: LinkNotice) => {
      if (notice.t === 'refused') refused = new LinkRefused(notice.reason)
      for (const listener of listeners) listener(notice)
    }

    /** @param on whether the line that it was sent on is still open */
    function bring(notice: LinkNotice, on: () => boolean): void {
      // Presence is not simulated.
      if (gone || notice.t === 'presence') return
      queue.push({
        epoch,
        from,
        what: notice.t,
        meet(fate) {
          if (gone || !on() || blocked(from, 'from-hub')) return Promise.resolve()
          if (fate === 'arrives' || fate === 'twice') tell(notice)
          if (fate === 'twice') tell(notice)
          return Promise.resolve()
        },
      })
    }

    async function answer(name: LinkCallName, message: unknown): Promise<LinkAnswer> {
      const at = hub()
      if (!at.up) throw new LinkDown('nobody answers')
      if (open === null || open.at !== at || open.run !== at.run) {
        open = null
        const run = at.run
        const opened = await at.orDeath(
          at.open(
            owner,
            (notice) => at.run === run && at.up && bring(notice, () => at.up && at.run === run),
            () => void (open = null),
          ),
        )
        if (!opened.ok) throw (refused = new LinkRefused(opened.reason))
        open = { at, run, end: opened.end }
        if (gone) opened.end.close()
      }
      return at.orDeath(open.end.answer(name, message))
    }

    lines.set(from, {
      end() {
        gone = true
        // Rejects what a dead process waits for, so that it releases its resources, as the system does.
        for (const reject of pending) reject(new LinkDown('the process is gone'))
        pending.clear()
        if (open?.at.up && open.run === open.at.run) open.end.close()
        listeners.clear()
      },
      back: () => bring({ t: 'access' }, () => true),
    })
    return {
      ask(name, message) {
        if (refused ?? gone) return Promise.reject(refused ?? new LinkDown('the process is gone'))
        return new Promise((resolve, reject) => {
          pending.add(reject)
          const done = () => waiting.set(from, (waiting.get(from) ?? 1) - 1)
          waiting.set(from, (waiting.get(from) ?? 0) + 1)
          queue.push({
            epoch,
            from,
            what: name,
            async meet(fate) {
              const settle = (act: () => void) => {
                if (gone) return
                pending.delete(reject)
                done()
                act()
              }
              if (fate === 'lost' || blocked(from, 'to-hub')) return settle(() => reject(new LinkDown('lost on the way')))
              try {
                let reply = await answer(name, message)
                if (fate === 'twice') reply = await answer(name, message)
                if (fate === 'reply-lost' || blocked(from, 'from-hub')) settle(() => reject(new LinkDown('the reply was lost')))
                else settle(() => resolve(reply))
              } catch (error) {
                settle(() => reject(error instanceof Error ? error : new Error(String(error))))
              }
            },
          })
        })
      },
      look: () => undefined,
      onNotice(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      close: () => listeners.clear(),
    }
  }

  return {
    wire,
    underWay: () => queue.map(({ from, what }) => `${from} ${what}`),
    take(place) {
      const index = queue.length === 0 ? -1 : place % queue.length
      const message = queue[index]
      if (!message) return null
      queue = queue.toSpliced(index, 1)
      return message
    },
    arrange() {
      const rank = (message: Queued) => (isQuestion(message) ? message.what : '')
      queue = queue.toSorted(
        (a, b) =>
          a.epoch - b.epoch || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0) || (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0),
      )
      epoch += 1
    },
    takeQuestions() {
      const questions = queue.filter(isQuestion)
      queue = queue.filter((message) => !isQuestion(message))
      return questions
    },
    waitingFor: (from) => waiting.get(from) ?? 0,
    cut: (from, how) => void (how === null ? cuts.delete(from) : cuts.set(from, how)),
    forget(from) {
      lines.get(from)?.end()
      lines.delete(from)
      waiting.delete(from)
      queue = queue.filter((message) => message.from !== from)
    },
    reconnect() {
      for (const line of lines.values()) line.back()
    },
  }
}
