import { LinkDown, type HubLink } from '#contract/hub-link.ts'

/**
 * What becomes of one message: it arrives; it is lost before the hub sees it; the hub acts on it and the reply is lost; it
 * arrives twice and the second reply is the one that is read.
 */
export const FATES = ['arrives', 'lost', 'reply-lost', 'twice'] as const
export type Fate = (typeof FATES)[number]

export type Message = { from: string; what: string; meet(fate: Fate): Promise<void> }

export type Network = {
  /** Everything under way, oldest first. Nothing moves by itself: whoever holds the network picks what happens next. */
  underWay: readonly Message[]
  /** Lets the message at that place (counted around) meet its fate; false when nothing is under way. */
  next(place: number, fate: Fate): Promise<boolean>
  /** The link of a node to the hub behind `inner`, over this network. */
  link(from: string, inner: HubLink): HubLink
  /** The node is gone: what it sent or was to get is dropped without a word. */
  forget(from: string): void
}

/** A network in memory that delays, loses, doubles and reorders as it is told, and so does the same thing twice. */
export function createNetwork(): Network {
  let underWay: Message[] = []
  const ends = new Map<string, (() => void)[]>()

  /** A request that waits for its fate; for ever when its sender is gone. */
  function request<T>(from: string, what: Message['what'], gone: () => boolean, run: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (gone()) return
      underWay.push({
        from,
        what,
        async meet(fate) {
          if (fate === 'lost') return reject(new LinkDown('lost on the way'))
          try {
            const reply = await run()
            if (fate === 'reply-lost') reject(new LinkDown('the reply was lost'))
            else resolve(fate === 'twice' ? await run() : reply)
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)))
          }
        },
      })
    })
  }

  return {
    get underWay() {
      return underWay
    },
    async next(place, fate) {
      const index = underWay.length === 0 ? -1 : place % underWay.length
      const message = underWay[index]
      if (!message) return false
      underWay = underWay.toSpliced(index, 1)
      await message.meet(fate)
      return true
    },
    link(from, inner) {
      let ended = false
      const gone = () => ended
      const end = (more: () => void) => void ends.set(from, [...(ends.get(from) ?? []), more])
      end(() => {
        ended = true
      })
      /** A hint from the hub on its way: it may be lost, late or doubled. */
      const hint = (what: string, run: () => void) =>
        void underWay.push({
          from,
          what,
          meet(fate) {
            if (fate === 'arrives' || fate === 'twice') run()
            if (fate === 'twice') run()
            return Promise.resolve()
          },
        })
      const until = (stop: () => void) => {
        end(stop)
        return stop
      }
      return {
        hello: (hello) => request(from, 'hello', gone, () => inner.hello(hello)),
        push: (ops) => request(from, 'push', gone, () => inner.push(ops)),
        pull: (scope, afterSeq, limit) => request(from, 'pull', gone, () => inner.pull(scope, afterSeq, limit)),
        offerSnapshot: (scope) => request(from, 'offer-snapshot', gone, () => inner.offerSnapshot(scope)),
        readSnapshot: (offer, offset) => request(from, 'read-snapshot', gone, () => inner.readSnapshot(offer, offset)),
        findEvidence: (hash) => request(from, 'find-evidence', gone, () => inner.findEvidence(hash)),
        readEvidence: (hash, offset) => request(from, 'read-evidence', gone, () => inner.readEvidence(hash, offset)),
        writeEvidence: (hash, size, offset, piece) => request(from, 'write-evidence', gone, () => inner.writeEvidence(hash, size, offset, piece)),
        ask: (name, input) => request(from, 'ask', gone, () => inner.ask(name, input)),
        look: (place) => inner.look(place),
        onAdvance: (listener) => until(inner.onAdvance((heads, records) => hint('advance', () => listener(heads, records)))),
        onAccess: (listener) => until(inner.onAccess(() => hint('access', listener))),
        onPresence: (listener) => until(inner.onPresence((present) => hint('presence', () => listener(present)))),
        close: () => inner.close(),
      }
    },
    forget(from) {
      for (const end of ends.get(from) ?? []) end()
      ends.delete(from)
      underWay = underWay.filter((message) => message.from !== from)
    },
  }
}
