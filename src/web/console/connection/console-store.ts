import { z } from 'zod'
import { ConsoleState, type ConsoleEvent, type ConsoleNote, type ConsoleText } from '#contract/agent-wire.ts'
import type { Result } from '#contract/failures.ts'
import { stored } from '../../page/stored.ts'
import { EMPTY_MODEL, forgetMissed, markConfirmed, markRead, receive, restore, type ConsoleModel } from '../state/console-model.ts'
import { addConfirmation, addNote, EMPTY_OUTBOX, isQueued, nextNotes, Outbox, withoutConfirmation, withoutNotes } from '../state/outbox.ts'
import { createLiveLink, type OpenStream } from './live-link.ts'
import type { StateAnswer } from './state-call.ts'

const KeptCheck = z.object({ version: z.string(), at: z.int() })
const KeptOutbox = z.object({ agentId: z.string(), outbox: Outbox })

export type ConsoleStoreParts = {
  ask: (version: string | null, wait: boolean) => Promise<StateAnswer>
  post: (path: string, body: unknown) => Promise<Result<unknown>>
  openStream: OpenStream
  storage: () => Storage
  now: () => number
  newId: () => string
  /** Whether nobody looks at the page. */
  isAway: () => boolean
}

export type ConsoleStore = {
  get: () => ConsoleModel
  subscribe: (listener: () => void) => () => void
  start: () => void
  stop: () => void
  enter: (path: 'api/sign-in' | 'api/join', body: unknown) => Promise<Result<unknown>>
  leave: () => Promise<void>
  confirm: (text: ConsoleText) => void
  note: (kind: ConsoleNote['kind'], text: ConsoleText, said?: string) => void
  open: (text: ConsoleText) => void
  endMissed: () => void
  /** Goes on here after this console was set aside. */
  takeUp: () => void
  /** What the hub has not heard yet. */
  waiting: () => number
}

const SEND_EVERY = 5_000

/** The console's state and acts. What the agent did is kept until the hub has it, in the browser and in order. */
export function createConsoleStore(parts: ConsoleStoreParts): ConsoleStore {
  const keptState = stored('stormroom.console.state', ConsoleState, parts.storage)
  // Apart from the state, which is large and seldom changes.
  const keptCheck = stored('stormroom.console.checked', KeptCheck, parts.storage)
  const keptOutbox = stored('stormroom.console.outbox', KeptOutbox, parts.storage)
  let model: ConsoleModel = EMPTY_MODEL
  let outbox: Outbox = EMPTY_OUTBOX
  const listeners = new Set<() => void>()
  const shown = new Set<string>()
  let sending = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let seen = ''

  const publish = (next: ConsoleModel) => {
    if (next === model) return
    model = next
    for (const listener of listeners) listener()
  }
  const keepOutbox = (next: Outbox) => {
    outbox = next
    if (model.state) keptOutbox.write({ agentId: model.state.agent.id, outbox })
    for (const listener of listeners) listener()
  }
  const forget = () => {
    keptState.clear()
    keptCheck.clear()
    keptOutbox.clear()
    outbox = EMPTY_OUTBOX
    shown.clear()
    seen = ''
    link.stop()
  }
  /** What the agent confirmed here is confirmed, although the hub may not know yet. */
  const withQueued = (next: ConsoleModel): ConsoleModel => outbox.confirmations.reduce(markConfirmed, next)

  /** What this agent left to be sent; what another one left on this machine is nobody's. */
  const takeOutboxOf = (agentId: string) => {
    const waiting = keptOutbox.read()
    outbox = waiting?.agentId === agentId ? waiting.outbox : EMPTY_OUTBOX
    if (waiting?.agentId !== agentId) keptOutbox.clear()
  }

  const take = (event: ConsoleEvent) => {
    const before = model.state
    const received = receive(model, event, parts.now(), parts.isAway())
    if (event.t === 'ended') {
      forget()
      publish(received)
      return
    }
    if (received.isSetAside) {
      link.stop()
      publish(received)
      return
    }
    if (received.state && before?.agent.id !== received.state.agent.id) takeOutboxOf(received.state.agent.id)
    const next = withQueued(received)
    publish(next)
    if (next.state && next.state !== before) keptState.write(next.state)
    sayChecked()
    if (next.isBehind) link.refresh()
    saySeen()
    schedule(0)
  }

  const link = createLiveLink({
    ask: parts.ask,
    openStream: parts.openStream,
    version: () => (model.checkedAt === null ? null : (model.state?.version ?? null)),
    onEvent: take,
    onSame: () => {
      publish({ ...model, checkedAt: parts.now() })
      sayChecked()
      schedule(0)
    },
    onOut: (why) => {
      const ended = why ?? (model.state ? 'signed-out' : null)
      forget()
      publish({ ...EMPTY_MODEL, phase: 'out', ended })
    },
  })

  const sayChecked = () => {
    if (model.state) keptCheck.write({ version: model.state.version, at: parts.now() })
  }

  /** Everything is in view: the next sign-in does not tell it again. */
  const saySeen = () => {
    const version = model.state?.version
    if (version === undefined || version === seen || model.missed.length > 0 || parts.isAway()) return
    seen = version
    void parts.post('api/seen', { version }).then((answer) => {
      if (!answer.ok && seen === version) seen = ''
    })
  }

  const schedule = (after: number) => {
    clearTimeout(timer)
    if (outbox.confirmations.length + outbox.notes.length > 0) timer = setTimeout(() => void send(), after)
  }
  const send = async () => {
    if (sending || model.phase !== 'in') return
    sending = true
    try {
      for (const one of outbox.confirmations) {
        const answer = await parts.post('api/confirm', one)
        if (!answer.ok && isTemporary(answer.failure.code)) return
        // Refused: the text has another version by now, which asks again by itself.
        keepOutbox(withoutConfirmation(outbox, one))
      }
      for (let notes = nextNotes(outbox); notes.length > 0; notes = nextNotes(outbox)) {
        const answer = await parts.post('api/notes', { notes })
        if (!answer.ok && isTemporary(answer.failure.code)) return
        keepOutbox(withoutNotes(outbox, notes))
      }
    } finally {
      sending = false
      schedule(SEND_EVERY)
    }
  }

  const note: ConsoleStore['note'] = (kind, text, said = '') => {
    const key = `${kind} ${text.revisionId}`
    if ((kind === 'shown' || kind === 'opened') && shown.has(key)) return
    shown.add(key)
    const { id: textId, revisionId } = text
    keepOutbox(addNote(outbox, { id: parts.newId(), kind, textId, revisionId, at: Math.round(parts.now() + model.ahead), text: said }))
    schedule(SEND_EVERY)
  }

  return {
    get: () => model,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: () => {
      const state = keptState.read()
      const check = keptCheck.read()
      if (state && check && check.version === state.version) {
        takeOutboxOf(state.agent.id)
        publish(withQueued(restore(state, check.at)))
      }
      link.start()
    },
    stop: link.stop,
    enter: async (path, body) => {
      const answer = await parts.post(path, body)
      if (answer.ok) link.start()
      return answer
    },
    leave: async () => {
      await parts.post('api/sign-out', {})
      forget()
      publish({ ...EMPTY_MODEL, phase: 'out' })
    },
    confirm: (text) => {
      const { id: textId, revisionId, hash, releaseAt } = text
      const confirmation = { textId, revisionId, hash, releaseAt }
      if (isQueued(outbox, confirmation)) return
      keepOutbox(addConfirmation(outbox, confirmation))
      publish(markConfirmed(model, confirmation))
      schedule(0)
    },
    note,
    open: (text) => {
      publish(markRead(model, text.id))
      note('shown', text)
      note('opened', text)
    },
    endMissed: () => {
      publish(forgetMissed(model))
      saySeen()
    },
    takeUp: () => {
      publish({ ...model, isSetAside: false })
      link.start()
    },
    waiting: () => outbox.confirmations.length + outbox.notes.length,
  }
}

function isTemporary(code: string): boolean {
  return code === 'disconnected' || code === 'too-many-requests' || code === 'internal' || code === 'session-unknown'
}
