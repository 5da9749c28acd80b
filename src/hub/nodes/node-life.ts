import type { HubDatabase } from '../database/hub-database.ts'
import type { NodeTopic } from '../database/postgres-watch.ts'

/** Between two looks after others have told something, milliseconds: many words are one. */
const HEARD_MS = 50
/** A node whose clock is further from the database's than this needs looking after, milliseconds. */
const CLOCK_APART_MS = 5000

export type NodeLifeParts = Pick<HubDatabase, 'others' | 'clock'> & {
  /** Told what others say has moved; of the log once for many words. */
  hear(topic: NodeTopic): void
  /** Says that this node runs, and looks who else does. */
  beat(): Promise<unknown>
  onClockApart(seconds: number): void
  log(level: 'warn', message: string, detail?: Record<string, unknown>): void
}

/** What a node does beside serving its own links, so that all nodes are one hub; nothing where the hub is one process. */
export function createNodeLife({ others, clock, hear, beat, onClockApart, log }: NodeLifeParts) {
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
    async beat(): Promise<void> {
      await beat()
      onClockApart(seconds())
      if (isFar() && !clockTold)
        log('warn', 'The clock of this machine and that of the database are apart; the hub goes by the database', { seconds: seconds() })
      clockTold = isFar()
    },
    /** How far this machine's clock is behind the database's, seconds, where that is far; null else. */
    clockApart: (): number | null => (isFar() ? seconds() : null),
    stop(): void {
      if (heard) clearTimeout(heard)
    },
  }
}
