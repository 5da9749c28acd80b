import pg from 'pg'
import { SETTINGS, wrongAmong, type PostgresTrouble } from './postgres-settings.ts'

/** Topics that nodes notify each other about. Notifications are only hints: the tables are authoritative, and each node also polls them. */
export type NodeTopic = 'log' | 'presence' | 'agents'

/** The other nodes of the same hub. */
export type OtherNodes = {
  /** Notifies the other nodes. */
  tell(topic: NodeTopic): void
  /** @param heard called when another node has sent a notification; one listener */
  listen(heard: (topic: NodeTopic) => void): void
}

const CHANNEL = 'stormroom'
const TICK_MS = 1000
/** Commits within this time share one notification, milliseconds. */
const TELL_MS = 20
const TOPICS: readonly string[] = ['log', 'presence', 'agents'] satisfies NodeTopic[]

export type SharedClock = {
  /** @returns the database's time at a moment of the node's own clock */
  at: (own: number) => number
  /** How far the node's own clock is behind the database's, milliseconds. */
  apart: () => number
  /**
   * Updates the offset from a time that the database returned.
   * @param asked the node's own clock before the question
   * @param answered the node's own clock after the answer; the error is at most the round trip
   */
  set(database: number, asked: number, answered: number): void
}

/**
 * The clock of the database, used by all nodes: lock-outs, invites and record times must not depend on the node. Stored as an
 * offset from the node's own clock.
 */
export function createSharedClock(): SharedClock {
  let apart = 0
  let known = false
  return {
    at: (own: number) => Math.round(own + apart),
    apart: () => apart,
    set(database: number, asked: number, answered: number): void {
      const found = database - (asked + answered) / 2
      // The difference is within the round trip, so the known offset may still be right.
      if (known && Math.abs(found - apart) <= Math.abs(answered - asked)) return
      apart = found
      known = true
    },
  }
}

export type WatchParts = {
  /** Connection options for each server, in the order in which they are tried. */
  servers: readonly pg.ClientConfig[]
  /** Distinguishes this node's notifications from those of others. */
  instance: string
  clock: SharedClock
  ownNow(): number
  /** Called each second with what is wrong with the database settings, or null. */
  onSettings(trouble: PostgresTrouble | null): void
}

/** A dedicated connection of a node that receives notifications, and polls the time and the settings each second. */
export function watchPostgres({ servers, instance, clock, ownNow, onSettings }: WatchParts): OtherNodes & { close(): Promise<void> } {
  let line: pg.Client | null = null
  let heard: ((topic: NodeTopic) => void) | null = null
  let working: Promise<void> | null = null
  let closed = false
  let planned: NodeJS.Timeout | null = null
  const toTell = new Set<NodeTopic>()

  function drop(client: pg.Client): void {
    if (line === client) line = null
    ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
  }

  async function open(): Promise<pg.Client | null> {
    for (const server of servers) {
      const client = new pg.Client(server)
      client.on('error', () => drop(client))
      client.on('notification', ({ payload = '' }) => {
        const [who, topic = ''] = payload.split(' ')
        if (who !== instance && TOPICS.includes(topic)) heard?.(topic as NodeTopic)
      })
      try {
        await client.connect()
        await client.query(`LISTEN ${CHANNEL}`)
        const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby')
        if (rows[0]?.standby === false) return client
      } catch {
        // Try the next server, or again at the next tick.
      }
      drop(client)
    }
    return null
  }

  async function tick(): Promise<void> {
    const fresh = line === null
    line ??= await open()
    const client = line
    if (client === null) return
    try {
      const asked = ownNow()
      const { rows } = await client.query<Record<string, unknown>>(
        `select extract(epoch from clock_timestamp())::float8 * 1000 as at, ${SETTINGS}`,
      )
      const [found = {}] = rows
      clock.set(Number(found['at']), asked, ownNow())
      onSettings(wrongAmong(found))
      if (fresh) for (const topic of TOPICS) heard?.(topic as NodeTopic)
    } catch {
      drop(client)
    }
  }

  /** Ticks run one after the other, however long one takes. */
  function beat(): void {
    if (closed) return
    working ??= tick().finally(() => {
      working = null
    })
  }
  const timer = setInterval(beat, TICK_MS).unref()
  beat()

  async function flush(): Promise<void> {
    planned = null
    const topics = [...toTell]
    toTell.clear()
    const client = line
    if (client === null) return
    try {
      for (const topic of topics) await client.query('select pg_notify($1, $2)', [CHANNEL, `${instance} ${topic}`])
    } catch {
      drop(client)
    }
  }

  return {
    tell(topic) {
      if (closed) return
      toTell.add(topic)
      planned ??= setTimeout(() => void flush(), TELL_MS).unref()
    },
    listen(next) {
      heard = next
    },
    async close() {
      closed = true
      clearInterval(timer)
      if (planned) clearTimeout(planned)
      await working
      if (line) drop(line)
    },
  }
}
