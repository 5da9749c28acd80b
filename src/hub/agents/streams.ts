import type { ServerResponse } from 'node:http'
import type { ConsoleEvent } from '#contract/agent-wire.ts'
import { audienceKey, audienceOf, bulletinsJson, changeOf, reaches, textsJson, type Audience, type AudienceChange } from './audiences.ts'
import { noteConfirmed, standingTo, type Confirmations, type Confirmed } from './confirmations.ts'
import { agentView, stateJson, versionOf, type TeamSide } from './console-state.ts'
import type { PublishedSet } from './published-set.ts'
import type { Agent } from './roster.ts'

/** Consoles of one agent that are told or wait for an answer, over all sessions; a further one closes the oldest, which may be broken. */
export const CONSOLES_OF_AGENT = 8
/** Open streams of this node. */
const STREAMS_AT_MOST = 20_000
/** Open streams of one address, where a whole call center may sit; further consoles ask instead. */
const STREAMS_OF_ADDRESS = 10_000
/** A console that takes no more than this beyond its state is cut off and comes back, bytes. */
const BACKLOG = 4 * 1024 * 1024
/** How long a connection that was ended may take to read that it was, milliseconds. */
const LAST_WORDS_MS = 10_000
/** Consoles come back within this time after a restart, milliseconds; not all in the same moment. */
const COME_BACK = { from: 500, within: 3000 }

type EndWhy = Extract<ConsoleEvent, { t: 'ended' }>['why']

type Stream = {
  agent: Agent
  sessionId: string
  /** From where it was opened. */
  address: string
  expiresAt: number
  own: Confirmations
  audience: Audience
  /** `audience.version` with the agent's part. */
  version: string
  to: ServerResponse
}

const eventOf = (event: ConsoleEvent) => `event: ${event.t}\ndata: ${JSON.stringify(event)}\n\n`

/** The bytes of the state that each connection got last: a slow line must be able to take it, or it would begin again for ever. */
const stateBytes = new WeakMap<ServerResponse, number>()

/** Sends bytes as they are: the body has no length and no pieces of its own, see the route. */
function send(to: ServerResponse, event: string | Buffer): void {
  const { socket } = to
  if (!socket || socket.destroyed || socket.writableEnded) return
  if (socket.writableLength > BACKLOG + (stateBytes.get(to) ?? 0)) socket.destroy()
  else socket.write(event)
}

type StreamsParts = { set: PublishedSet; team: TeamSide; now(): number; random(): number; ofAddress?: number }

/** The open consoles of this node, and how a change reaches them: what many get is made once. */
export function createStreams({ set, team, now, random, ofAddress = STREAMS_OF_ADDRESS }: StreamsParts) {
  const open = new Map<ServerResponse, Stream>()
  /** Open streams by agent, each oldest first. */
  const byAgent = new Map<string, Set<Stream>>()
  /** How many streams are open, by address. */
  const byAddress = new Map<string, number>()
  const audiences = new Map<string, Audience>()
  /** Consoles that ask instead of being told; called once. */
  const waiting = new Map<() => void, { key: string; agentId: string }>()

  function audience(key: string): Audience {
    const known = audiences.get(key) ?? audienceOf(set, key)
    audiences.set(key, known)
    return known
  }

  function audienceFor(agent: Pick<Agent, 'groups'>): Audience {
    return audience(audienceKey(agent.groups))
  }

  function sendState(stream: Stream): void {
    const event = Buffer.from(`event: state\ndata: {"t":"state","state":${stateJson(stream, team, now())}}\n\n`)
    stateBytes.set(stream.to, event.byteLength)
    send(stream.to, event)
  }

  function enter(stream: Stream): void {
    const { to, agent, address } = stream
    open.set(to, stream)
    byAgent.set(agent.id, (byAgent.get(agent.id) ?? new Set()).add(stream))
    byAddress.set(address, (byAddress.get(address) ?? 0) + 1)
  }

  function leave(stream: Stream): void {
    const { to, agent, address } = stream
    if (!open.delete(to)) return
    const own = byAgent.get(agent.id)
    own?.delete(stream)
    if (own?.size === 0) byAgent.delete(agent.id)
    const left = (byAddress.get(address) ?? 1) - 1
    if (left > 0) byAddress.set(address, left)
    else byAddress.delete(address)
  }

  /** Closes a stream, which is told why. */
  function close(stream: Stream, last: Extract<ConsoleEvent, { t: 'ended' | 'crowded' }>): void {
    leave(stream)
    const { to } = stream
    if (to.destroyed) return
    to.end(eventOf(last))
    // A line that reads nothing any more holds no memory.
    setTimeout(() => to.destroy(), LAST_WORDS_MS).unref()
  }

  const end = (stream: Stream, why: EndWhy) => close(stream, { t: 'ended', why })

  /** Makes room for one more console of an agent. */
  function makeRoom(agentId: string): void {
    const own = byAgent.get(agentId) ?? new Set()
    for (const oldest of [...own].slice(0, Math.max(0, own.size - CONSOLES_OF_AGENT + 1))) close(oldest, { t: 'crowded', at: now() })
  }

  /** Sends a change to the streams of one audience: one piece of bytes for all who stand alike to the changed texts. */
  function sendChange(streams: readonly Stream[], next: Audience, { texts, gone, bulletins, bulletinsGone }: AudienceChange): void {
    const at = now()
    const made = new Map<string, Buffer>()
    const others = `"gone":${JSON.stringify(gone)},"bulletins":${bulletinsJson(bulletins)},"bulletinsGone":${JSON.stringify(bulletinsGone)}`
    for (const stream of streams) {
      const standings = texts.map((live) => standingTo(live, stream.own.get(live.text.id)))
      // The agent's part of a version stays while the texts change.
      const part = stream.version.slice(stream.version.lastIndexOf('.'))
      const version = `${next.version}${part}`
      const key = `${part} ${standings.join(' ')}`
      let event = made.get(key)
      if (!event) {
        let index = 0
        const json = textsJson(texts, () => standings[index++] ?? 'outstanding')
        const rest = `"at":${at},"texts":${json},${others}`
        event = Buffer.from(`event: change\ndata: {"t":"change","version":"${version}",${rest}}\n\n`)
        made.set(key, event)
      }
      stream.audience = next
      stream.version = version
      send(stream.to, event)
    }
  }

  function moveTo(stream: Stream, agent: Agent): void {
    const before = JSON.stringify(agentView(stream.agent))
    stream.agent = agent
    stream.audience = audienceFor(agent)
    const version = versionOf(stream.audience, agent, team)
    if (version === stream.version && before === JSON.stringify(agentView(agent))) return
    stream.version = version
    sendState(stream)
  }

  return {
    audienceFor,
    count: () => open.size,
    /** How many consoles wait for an answer. */
    asking: () => waiting.size,
    sessions: () => [...new Set([...open.values()].map(({ sessionId }) => sessionId))],
    agents: () => byAgent.keys(),
    isOpen: (agentId: string) => byAgent.has(agentId),
    /** Whether a further stream may be opened from an address. */
    hasRoom: (address: string) => open.size < STREAMS_AT_MOST && (byAddress.get(address) ?? 0) < ofAddress,

    /**
     * Tells a console what changes from now on.
     * @param known the version that it has
     */
    add(to: ServerResponse, who: Pick<Stream, 'agent' | 'sessionId' | 'address' | 'expiresAt' | 'own'>, known: string): void {
      makeRoom(who.agent.id)
      const current = audienceFor(who.agent)
      const stream: Stream = { ...who, audience: current, version: versionOf(current, who.agent, team), to }
      enter(stream)
      to.on('close', () => leave(stream))
      to.on('error', () => leave(stream))
      send(to, `retry: ${COME_BACK.from + Math.floor(random() * COME_BACK.within)}\n\n`)
      if (known === stream.version) send(to, eventOf({ t: 'beat', at: now(), version: stream.version }))
      else sendState(stream)
    },

    /**
     * Resolves when what an agent gets changes, or after a time; sooner when the agent waits at too many consoles.
     * @param onGone gets a function to call when nobody waits any more
     */
    change(agent: Pick<Agent, 'id' | 'groups'>, withinMs: number, onGone: (stop: () => void) => void): Promise<void> {
      const own = [...waiting].filter(([, { agentId }]) => agentId === agent.id)
      for (const [release] of own.slice(0, Math.max(0, own.length - CONSOLES_OF_AGENT + 1))) release()
      return new Promise((resolve) => {
        const timer = setTimeout(release, withinMs)
        function release(): void {
          clearTimeout(timer)
          waiting.delete(release)
          resolve()
        }
        waiting.set(release, { key: audienceKey(agent.groups), agentId: agent.id })
        onGone(release)
      })
    },

    /** Texts or bulletins may have changed: tells every audience what is different. */
    setChanged(): void {
      const streams = Map.groupBy(open.values(), (stream) => stream.audience.key)
      for (const key of new Set([...audiences.keys(), ...streams.keys()])) {
        const before = audiences.get(key)
        const next = audienceOf(set, key)
        const listening = streams.get(key) ?? []
        const asking = [...waiting].filter(([, of]) => of.key === key)
        if (listening.length === 0 && asking.length === 0) {
          audiences.delete(key)
          continue
        }
        if (before?.version === next.version) continue
        audiences.set(key, next)
        if (before) sendChange(listening, next, changeOf(before, next, now()))
        for (const [release] of asking) release()
      }
    },

    /** An agent confirmed at one console: the other consoles of the agent show it too. */
    confirmed(agentId: string, wordingId: string, confirmed: Confirmed): void {
      for (const stream of byAgent.get(agentId) ?? []) {
        noteConfirmed(stream.own, wordingId, confirmed)
        const texts = stream.audience.texts.filter(({ text }) => text.id === wordingId)
        if (texts.length > 0) sendChange([stream], stream.audience, { texts, gone: [], bulletins: [], bulletinsGone: [] })
      }
    },

    /** Asks everybody again who has not confirmed the version in use. @returns how many agents */
    nudge(wordingId: string, groupId: string | null): Set<string> {
      const live = set.text(wordingId)?.live
      const asked = new Set<string>()
      if (!live) return asked
      const event = eventOf({ t: 'nudge', at: now(), ids: [wordingId] })
      for (const { agent, own, to } of open.values()) {
        if (!reaches(live, agent.groups) || (groupId !== null && !agent.groups.includes(groupId))) continue
        if (standingTo(live, own.get(wordingId)) === 'current') continue
        asked.add(agent.id)
        send(to, event)
      }
      // Those that ask instead are answered at once, whether it concerns them or not.
      for (const [release] of waiting) release()
      return asked
    },

    /** Takes up what is different about agents: ended access closes their consoles, other groups bring other texts. */
    agentsChanged(agents: readonly Agent[]): void {
      const byId = new Map(agents.map((agent) => [agent.id, agent]))
      for (const stream of open.values()) {
        const agent = byId.get(stream.agent.id)
        if (!agent) continue
        if (agent.end) end(stream, agent.end)
        else moveTo(stream, agent)
      }
    },

    endSessions(ids: ReadonlySet<string>, why: EndWhy): void {
      for (const stream of open.values()) if (ids.has(stream.sessionId)) end(stream, why)
    },

    /** Ends what is over by the clock. */
    passTime(): void {
      const at = now()
      for (const stream of open.values()) {
        if (stream.agent.endsAt !== null && stream.agent.endsAt <= at) end(stream, 'period-over')
        else if (stream.expiresAt <= at) end(stream, 'signed-out')
      }
    },

    beat(): void {
      const at = now()
      const made = new Map<string, Buffer>()
      for (const { to, version } of open.values()) {
        const event = made.get(version) ?? Buffer.from(eventOf({ t: 'beat', at, version }))
        made.set(version, event)
        send(to, event)
      }
    },

    /** The hub stops: consoles come back to it, or to another node. */
    close(): void {
      for (const [release] of waiting) release()
      for (const { to } of open.values()) to.end()
      open.clear()
      byAgent.clear()
      byAddress.clear()
    },
  }
}

export type Streams = ReturnType<typeof createStreams>
