import type { z } from 'zod'
import type { LogRecord } from '#domain/log/record.ts'
import type { Result } from './failures.ts'
import { LinkDown, LinkRefused, type HubLink, type ScopeHead } from './hub-link.ts'
import { LinkAnswer, linkCalls, LinkNotice, type LinkCallName } from './hub-wire.ts'
import type { LinkTrouble } from './link-trouble.ts'
import type { PresenceFocus, PresenceView } from './team-api.ts'

/** The transport between replica and hub: a socket, or the hub in the same process. */
export type LinkWire = {
  /** Rejects with {@link LinkDown} when the request or its answer may be lost. */
  ask(name: LinkCallName, message: unknown): Promise<unknown>
  look(place: PresenceFocus | null): void
  /** Why the last attempt failed, if a person can do something about it. */
  trouble?(): LinkTrouble | null
  onNotice(listener: (notice: unknown) => void): () => void
  close(): void
}

type Message<Name extends LinkCallName> = z.input<(typeof linkCalls)[Name]['message']>
type Reply<Name extends LinkCallName> = z.output<(typeof linkCalls)[Name]['reply']>

/** A link over a wire. Replies are parsed: a hub that sends invalid data is treated as unreachable. */
export function connectHub(wire: LinkWire): HubLink {
  const advance = new Set<(heads: readonly ScopeHead[], records: readonly LogRecord[]) => void>()
  const access = new Set<() => void>()
  const presence = new Set<(present: readonly PresenceView[]) => void>()
  let refused: LinkRefused | null = null

  const stop = wire.onNotice((raw) => {
    const notice = LinkNotice.safeParse(raw)
    if (!notice.success) return
    const data = notice.data
    if (data.t === 'advance') for (const listener of advance) listener(data.heads, data.records)
    else if (data.t === 'presence') for (const listener of presence) listener(data.present)
    else {
      if (data.t === 'refused') refused = new LinkRefused(data.reason)
      for (const listener of access) listener()
    }
  })

  async function ask<Name extends LinkCallName>(name: Name, message: Message<Name>): Promise<Reply<Name>> {
    if (refused) throw refused
    const answer = LinkAnswer.safeParse(await wire.ask(name, message))
    if (!answer.success) throw new LinkDown('the hub answered in another language')
    if (answer.data.t === 'refused') throw new LinkRefused(answer.data.reason)
    if (answer.data.t === 'down') throw new LinkDown(answer.data.why)
    const reply = linkCalls[name].reply.safeParse(answer.data.reply)
    if (!reply.success) throw new LinkDown(`the hub answered ${name} in another language`)
    return reply.data as Reply<Name>
  }

  const listen = <Listener>(set: Set<Listener>, listener: Listener) => {
    set.add(listener)
    return () => set.delete(listener)
  }

  return {
    trouble: () => wire.trouble?.() ?? null,
    hello: (hello) => ask('hello', { ...hello, cursors: [...hello.cursors] }),
    showHeads: (heads) => ask('show-heads', { heads: [...heads] }),
    push: (ops) => ask('push', { ops: [...ops] }),
    pull: (scope, afterSeq, limit) => ask('pull', { scope, afterSeq, limit }),
    offerSnapshot: (scope) => ask('offer-snapshot', { scope }),
    readSnapshot: (offer, offset) => ask('read-snapshot', { offer, offset }),
    findEvidence: (hash) => ask('find-evidence', { hash }),
    readEvidence: (hash, offset) => ask('read-evidence', { hash, offset }),
    writeEvidence: (hash, size, offset, piece) => ask('write-evidence', { hash, size, offset, piece }),
    // The hub's handlers are typed by the same table of calls; the shape of a result is checked, its content is trusted.
    ask: async (name, input) => (await ask('ask', { name, input })) as Result<never>,
    look: (place) => wire.look(place),
    onAdvance: (listener) => listen(advance, listener),
    onAccess: (listener) => listen(access, listener),
    onPresence: (listener) => listen(presence, listener),
    close: () => {
      stop()
      wire.close()
    },
  }
}
