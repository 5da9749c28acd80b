import type { MessageChannelMain, UtilityProcess, WebContents } from 'electron'
import { PORT_CHANNEL } from '#contract/desktop-channels.ts'
import type { Language } from '#contract/workspace-api.ts'
import { MINUTE } from '#domain/durations.ts'
import type { ReplicaMessage } from './replica-messages.ts'

/** First wait after a crash, doubled after each further one up to the longest; reset once a process ran well for a while. */
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 30_000
const RAN_WELL_MS = MINUTE
/** A replica that has not closed by then is killed; what it confirmed is on disk already. */
const CLOSING_MS = 10_000

export type ReplicaParts = {
  fork(): UtilityProcess
  openChannel(): MessageChannelMain
  /** The first message to each new process. */
  opening: Extract<ReplicaMessage, { do: 'open' }>
  onCrash(code: number, waitMs: number): void
  now(): number
}

export type ReplicaProcess = {
  /** Gives the page a port to the replica, now and after each restart; with a language, to the demo in it. */
  connect(contents: WebContents, demo?: Language): void
  /** Lets the replica finish its work and ends it. */
  close(): Promise<void>
}

/**
 * Keeps a replica process running and pages connected to it. Pages communicate with it directly: each gets one end of a message
 * channel whose other end goes to the process.
 */
export function keepReplicaRunning(parts: ReplicaParts): ReplicaProcess {
  const pages = new Map<WebContents, Language | undefined>()
  let crashes = 0
  let child: UtilityProcess | null = null
  let closing = false
  let restart: NodeJS.Timeout | undefined

  function say(to: UtilityProcess, message: ReplicaMessage): void {
    to.postMessage(message)
  }

  function start(): void {
    const startedAt = parts.now()
    const started = parts.fork()
    child = started
    started.once('exit', (code) => {
      child = null
      if (closing) return
      if (parts.now() - startedAt >= RAN_WELL_MS) crashes = 0
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** crashes, LONGEST_WAIT_MS)
      crashes++
      parts.onCrash(code, waitMs)
      restart = setTimeout(start, waitMs)
    })
    say(started, parts.opening)
    for (const [page, demo] of pages) handPort(page, started, demo)
  }

  function handPort(page: WebContents, to: UtilityProcess, demo: Language | undefined): void {
    const { port1, port2 } = parts.openChannel()
    to.postMessage({ do: 'serve', ...(demo ? { demo } : {}) } satisfies ReplicaMessage, [port1])
    page.postMessage(PORT_CHANNEL, null, [port2])
  }

  start()
  return {
    connect(contents, demo) {
      if (!pages.has(contents)) contents.once('destroyed', () => pages.delete(contents))
      pages.set(contents, demo)
      if (child) handPort(contents, child, demo)
    },
    close() {
      closing = true
      clearTimeout(restart)
      const ending = child
      if (!ending) return Promise.resolve()
      return new Promise((resolve) => {
        const limit = setTimeout(() => ending.kill(), CLOSING_MS)
        ending.once('exit', () => {
          clearTimeout(limit)
          resolve()
        })
        say(ending, { do: 'close' })
      })
    },
  }
}
