import { ConsoleEvent } from '#contract/agent-wire.ts'
import type { SessionEnd } from '../state/console-model.ts'
import type { StateAnswer } from './state-call.ts'

/** A stream of server-sent events. `EventSource` is one; tests have their own. */
export type Stream = { close: () => void }
export type OpenStream = (version: string, onEvent: (data: string) => void, onClosed: () => void) => Stream

export type LiveLinkParts = {
  ask: (version: string | null, wait: boolean) => Promise<StateAnswer>
  openStream: OpenStream
  onEvent: (event: ConsoleEvent) => void
  /** The hub said that the version is current. */
  onSame: () => void
  onOut: (why: SessionEnd | null) => void
  /** The version that the console has; null: none. */
  version: () => string | null
}

/** Without an event for this long, a proxy may hold the stream back: ask instead. */
const SILENT_AFTER = 15_000
/** Between two questions that are answered at once. */
const ASK_EVERY = 4_000
/** After an answer that the hub held back itself. */
const ASK_AGAIN = 500
/** While asking, how often the stream is tried again. */
const TRY_STREAM_EVERY = 60_000

export type LiveLink = { start: () => void; stop: () => void; refresh: () => void }

/**
 * Keeps the console up to date: asks for the state, then listens to the stream; when the stream is silent, asks every few seconds and
 * tries the stream again now and then. Every event counts as a sign of life.
 */
export function createLiveLink({ ask, openStream, onEvent, onSame, onOut, version }: LiveLinkParts): LiveLink {
  let stream: Stream | null = null
  let silence: ReturnType<typeof setTimeout> | undefined
  let next: ReturnType<typeof setTimeout> | undefined
  let lastTry = 0
  let run = 0

  const stop = () => {
    run += 1
    stream?.close()
    stream = null
    clearTimeout(silence)
    clearTimeout(next)
  }

  const listen = (known: string) => {
    lastTry = Date.now()
    const own = run
    const giveUp = () => {
      if (own !== run) return
      stream?.close()
      stream = null
      clearTimeout(silence)
      clearTimeout(next)
      void askNow()
    }
    const wait = () => {
      clearTimeout(silence)
      silence = setTimeout(giveUp, SILENT_AFTER)
    }
    wait()
    stream = openStream(
      known,
      (data) => {
        const read = ConsoleEvent.safeParse(parseJson(data))
        if (own !== run || !read.success) return
        wait()
        onEvent(read.data)
      },
      giveUp,
    )
  }

  const askNow = async (wait = false) => {
    const own = run
    const asked = Date.now()
    const answer = await ask(version(), wait)
    if (own !== run) return
    if (answer.kind === 'out') {
      stop()
      onOut(answer.why)
      return
    }
    if (answer.kind === 'state') onEvent({ t: 'state', state: answer.state })
    if (answer.kind === 'same') onSame()
    if ((answer.kind === 'state' || answer.kind === 'same') && answer.nudged) onEvent({ t: 'nudge', ...answer.nudged })
    if (stream !== null || own !== run) return
    const known = version()
    // At first, and when the last stream was long ago: the next one may get through.
    if (answer.kind !== 'away' && known !== null && Date.now() - lastTry >= TRY_STREAM_EVERY) {
      listen(known)
      return
    }
    const wasHeld = answer.kind !== 'away' && Date.now() - asked > ASK_AGAIN
    next = setTimeout(() => void askNow(true), wasHeld ? ASK_AGAIN : ASK_EVERY)
  }

  return {
    start: () => {
      stop()
      lastTry = 0
      void askNow()
    },
    stop,
    refresh: () => {
      clearTimeout(next)
      void askNow()
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
