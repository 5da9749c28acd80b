import type { ConsoleEvent, ConsoleGone, ConsoleState, ConsoleText } from '#contract/agent-wire.ts'

export type SessionEnd = 'signed-out' | 'revoked' | 'period-over'

/** What the console knows. Times are of this machine; `ahead` is how far the hub's clock is ahead of it, milliseconds. */
export type ConsoleModel = {
  /** `asking`: nothing known yet; `out`: nobody is signed in. */
  phase: 'asking' | 'out' | 'in'
  /** Why the last session ended, if the hub said so. */
  ended: SessionEnd | null
  state: ConsoleState | null
  /** When the hub last confirmed that `state` is current; null: never, it was kept from before. */
  checkedAt: number | null
  ahead: number
  /** Texts that changed while nobody was looking, in order, to be walked through once. */
  missed: readonly string[]
  /** Texts that changed in view of the agent and were not opened since. */
  unread: ReadonlySet<string>
  /** Texts whose confirmation the head asked for again. */
  nudged: ReadonlySet<string>
  /** The hub named another version than that of `state`: ask for it. */
  isBehind: boolean
  /** The agent has too many consoles open: this one is told no more until it is taken up again. */
  isSetAside: boolean
}

export const EMPTY_MODEL: ConsoleModel = {
  phase: 'asking',
  ended: null,
  state: null,
  checkedAt: null,
  ahead: 0,
  missed: [],
  unread: new Set(),
  nudged: new Set(),
  isBehind: false,
  isSetAside: false,
}

/**
 * The model after an event of the hub.
 * @param now the time of this machine, milliseconds
 * @param isAway nobody looks at the page: what changes is missed
 */
export function receive(model: ConsoleModel, event: ConsoleEvent, now: number, isAway: boolean): ConsoleModel {
  if (event.t === 'ended') return { ...EMPTY_MODEL, phase: 'out', ended: event.why }
  if (event.t === 'crowded') return { ...model, isSetAside: true }
  if (event.t === 'state') return takeState(model.state?.agent.id === event.state.agent.id ? model : EMPTY_MODEL, event.state, now)
  const checked = { ...model, checkedAt: now, ahead: event.at - now }
  if (model.state === null) return checked
  if (event.t === 'beat') return { ...checked, isBehind: event.version !== model.state.version }
  if (event.t === 'nudge') return { ...checked, nudged: withAll(model.nudged, event.ids) }
  const before = new Map(model.state.texts.map((text) => [text.id, text]))
  const changed = event.texts.filter((text) => !isSameVersion(before.get(text.id), text)).map(({ id }) => id)
  const goneIds = event.gone.map(({ id }) => id)
  return {
    ...checked,
    state: {
      ...model.state,
      version: event.version,
      at: event.at,
      texts: mergeById(model.state.texts, event.texts).filter(({ id }) => !goneIds.includes(id)),
      gone: mergeById(model.state.gone, event.gone).filter(({ id }) => !event.texts.some((text) => text.id === id)),
      bulletins: mergeById(model.state.bulletins, event.bulletins).filter(({ id }) => !event.bulletinsGone.includes(id)),
    },
    missed: isAway || model.missed.length > 0 ? [...new Set([...model.missed, ...changed, ...goneIds])] : model.missed,
    unread: withAll(model.unread, changed),
    isBehind: false,
  }
}

function takeState(model: ConsoleModel, state: ConsoleState, now: number): ConsoleModel {
  const before = new Map(model.state?.texts.map((text) => [text.id, text]))
  const changed = model.state ? state.texts.filter((text) => !isSameVersion(before.get(text.id), text)).map(({ id }) => id) : state.missed
  // Texts that did not change stay the same objects, so that nothing is drawn or indexed again for them.
  const texts = state.texts.map((text) => {
    const known = before.get(text.id)
    return known && JSON.stringify(known) === JSON.stringify(text) ? known : text
  })
  return {
    ...model,
    phase: 'in',
    ended: null,
    state: { ...state, texts },
    checkedAt: now,
    ahead: state.at - now,
    missed: [...new Set([...model.missed, ...state.missed])],
    unread: withAll(model.unread, changed),
    isBehind: false,
  }
}

/** The model with a state kept from before, which the hub has not confirmed yet. @param checkedAt when it last did */
export function restore(state: ConsoleState, checkedAt: number): ConsoleModel {
  return { ...EMPTY_MODEL, phase: 'in', state, checkedAt }
}

/** Nothing is left to walk through. */
export function forgetMissed(model: ConsoleModel): ConsoleModel {
  return model.missed.length === 0 ? model : { ...model, missed: [] }
}

export function markRead(model: ConsoleModel, textId: string): ConsoleModel {
  if (!model.unread.has(textId)) return model
  return { ...model, unread: new Set([...model.unread].filter((id) => id !== textId)) }
}

type Shown = Pick<ConsoleText, 'revisionId' | 'releaseAt'> & { textId: string }

/** The text is confirmed in the release that the agent saw; a newer one still asks. */
export function markConfirmed(model: ConsoleModel, { textId, revisionId, releaseAt }: Shown): ConsoleModel {
  if (model.state === null) return model
  const texts = model.state.texts.map((text) =>
    text.id === textId && text.revisionId === revisionId && text.releaseAt === releaseAt
      ? { ...text, confirmation: 'current' as const }
      : text,
  )
  return { ...model, state: { ...model.state, texts }, nudged: new Set([...model.nudged].filter((id) => id !== textId)) }
}

/** Texts that cover the screen until they are confirmed, the oldest first. */
export function urgentTexts({ state }: ConsoleModel): ConsoleText[] {
  return unconfirmed(state).filter(({ urgency }) => urgency === 'urgent')
}

/** Texts that ask for a confirmation without covering the screen: important ones, and those that the head asks for again. */
export function bannerTexts({ state, nudged }: ConsoleModel): ConsoleText[] {
  return unconfirmed(state).filter(({ id, urgency }) => urgency === 'important' || (urgency === 'normal' && nudged.has(id)))
}

function unconfirmed(state: ConsoleState | null): ConsoleText[] {
  return (state?.texts ?? []).filter(({ confirmation }) => confirmation !== 'current').sort((a, b) => a.from - b.from)
}

/** What is missed and still exists, in order. */
export type Missed = { id: string; text: ConsoleText } | { id: string; gone: ConsoleGone }

export function missedOf({ state, missed }: ConsoleModel): Missed[] {
  return missed.flatMap((id): Missed[] => {
    const text = state?.texts.find((one) => one.id === id)
    if (text) return [{ id, text }]
    const gone = state?.gone.find((one) => one.id === id)
    return gone ? [{ id, gone }] : []
  })
}

export function isSameVersion(a: ConsoleText | undefined, b: ConsoleText): boolean {
  return a !== undefined && a.revisionId === b.revisionId && a.hash === b.hash && a.releaseAt === b.releaseAt
}

function mergeById<T extends { id: string }>(old: readonly T[], fresh: readonly T[]): T[] {
  const byId = new Map(fresh.map((one) => [one.id, one]))
  const kept = old.map((one) => byId.get(one.id) ?? one)
  const known = new Set(old.map(({ id }) => id))
  return [...kept, ...fresh.filter(({ id }) => !known.has(id))]
}

function withAll(set: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  return ids.every((id) => set.has(id)) ? set : new Set([...set, ...ids])
}
