import type { HubDatabase } from '../database/hub-database.ts'
import type { NodeTopic } from '../database/postgres-watch.ts'

/** Delay before reacting to notifications of others, milliseconds, so that many are handled as one. */
const HEARD_MS = 50
/** A node whose clock differs from the database's by more than this is reported, milliseconds. */
const CLOCK_APART_MS = 5000

export type NodeLifeParts = Pick<HubDatabase, 'others' | 'clock'> & {
  /** Called when other nodes have notified a change; several log notifications cause one call. */
  hear(topic: NodeTopic): void
  /** Reports that this node is alive, and checks which others are. */
  beat(): Promise<unknown>
  onClockApart(seconds: number): void
  log(level: 'warn', message: string, detail?: Record<string, unknown>): void
}

export type NodeLife = {
  /** Reports that this node is alive, and checks its clock. */
  beat(): Promise<void>
  /** How far this machine's clock is behind the database's, seconds; null when the difference is small. */
  clockApart(): number | null
  stop(): void
}

/** What a node does besides serving its own links, so that all nodes form one hub; nothing for a single process. */
export function createNodeLife({ others, clock, hear, beat, onClockApart, log }: NodeLifeParts): NodeLife {
  let heard: NodeJS.Timeout | null = null
  let clockTold = false
  const apart = () => clock?.apart() ?? 0
  const isFar = () => Math.abs(apart()) > CLOCK_APART_MS
  const seconds = () => Math.round(apart() / 1000)

  others?.listen((topic) => {
    if (topic !== 'log') return hear(topic)
    heard ??= setTimeout(() => {
      heard = null
      hear(topic)
    }, HEARD_MS).unref()
  })

  return {
    async beat() {
      await beat()
      onClockApart(seconds())
      if (isFar() && !clockTold)
        log('warn', 'The clock of this machine and that of the database are apart; the hub goes by the database', { seconds: seconds() })
      clockTold = isFar()
    },
    clockApart: () => (isFar() ? seconds() : null),
    stop() {
      if (heard) clearTimeout(heard)
    },
  }
}
