import type { EntityReader } from '../define-entity.ts'
import { limited } from '../limited-text.ts'
import type { Entity } from '../log/entity.ts'
import { incidentOfScope, TEAM_SCOPE } from '../log/ids.ts'
import { MAX_OP_LENGTH } from '../log/op.ts'
import { PLAIN_DELIVERY, type Delivery } from '../wording/delivery.ts'
import { approvalOf } from '../wording/approval.ts'
import { hadBegun, publishedText } from '../wording/published.ts'
import { fillIn, joinValues, missingValues, valuesFor } from '../wording/values.ts'
import { REVISION, WORDING, WORDING_VALUES, valuesId } from '../wording/wording-entity.ts'
import type { RevisionState, VariableValues, WordingKind, WordingState } from '../wording/wording.ts'
import { BULLETIN_LIMITS, markOf, revisionInMark, type BulletinItem, type BulletinPlanState, type LeftOut } from './bulletin.ts'

/** Texts for agents. A statement to the outside is published by a person only. */
const PUSHED_KINDS: readonly WordingKind[] = ['script', 'faq', 'notice', 'handover']

type Wording = Entity<WordingState>
type Revision = Entity<RevisionState>
type Named = Omit<LeftOut, 'why' | 'detail'>

/** A revision that the bulletin publishes, with the body of the op that does it. */
export type Push = { wordingId: string; body: Record<string, unknown> }

/** What goes out: the items of the bulletin, what is left out, and the publications that belong to it. */
export type Compiled = { items: BulletinItem[]; left: LeftOut[]; pushes: Push[] }

type Given = {
  /** Ids of the texts of the incident. */
  wordings: readonly string[]
  scope: string
  plan: BulletinPlanState
  /** Milliseconds since 1970. */
  at: number
}

const oneLine = (text: string, values: VariableValues, limit: number) =>
  limited(fillIn(text, values).replaceAll(/\s+/gu, ' ').trim(), limit)

/** The newest revision, if it is approved and was never in use: what was withdrawn does not come back by itself. */
function pendingOf(from: EntityReader, { state }: Wording): Revision | undefined {
  const latest = state.revisions.at(-1)
  if (!latest || state.preparedFor !== '' || !PUSHED_KINDS.includes(state.kind)) return undefined
  if (state.live?.revisionId === latest.id || state.past.some(({ revisionId }) => revisionId === latest.id)) return undefined
  const revision = REVISION.read(from, latest.id)
  return revision?.state.hash === latest.hash && approvalOf(revision.state).status === 'approved' ? revision : undefined
}

function named(wording: Wording, { id, state }: Revision, values: VariableValues): Named {
  return {
    wordingId: wording.id as Named['wordingId'],
    revisionId: id as Named['revisionId'],
    number: state.number,
    title: oneLine(state.content.title, values, BULLETIN_LIMITS.title),
  }
}

/**
 * To whom a revision goes that nobody publishes by hand, and how: as the one before it, so that what was meant for one group never
 * reaches another. A release that was withdrawn before it began counts only if there is no other.
 */
function deliveryFrom({ live, past }: WordingState): Delivery {
  return (live ?? past.findLast(hadBegun) ?? past.at(-1))?.delivery ?? PLAIN_DELIVERY
}

/** The change of a text since the last bulletin by members; a text that is in use only later is told of then. */
function changeByHand(from: EntityReader, wording: Wording, told: string | undefined, at: number): BulletinItem | null {
  const { past, kind } = wording.state
  const before = revisionInMark(told)
  // Whether it is still in the list does not change what was said.
  const published = publishedText({ ...wording.state, removed: false }, at)
  if (!published || published.status === 'expired') return null
  const { release, status } = published
  const revision = REVISION.read(from, release.revisionId)
  if (!revision) return null
  const end = status === 'withdrawn' ? past.findLast(hadBegun) : null
  const summary = end ? end.instead : release.summary || revision.state.content.core
  const item: BulletinItem = {
    ...named(wording, revision, release.values),
    hash: release.hash,
    kind,
    change: end ? 'withdrawn' : before === null ? 'new' : 'changed',
    summary: oneLine(summary, release.values, BULLETIN_LIMITS.summary),
    from: before as BulletinItem['from'],
    at: end?.endedAt ?? Math.max(release.at, release.from),
    pushed: false,
  }
  return markOf(item) === told ? null : item
}

/**
 * What a bulletin would say at a time: what was published or withdrawn since the last one, and approved revisions that nobody
 * has published yet. The rules of publishing apply: a text whose variables are empty stays out and is named.
 * @param refuses judges a publication as it would be judged from a member; a code, or null
 */
export function compileBulletin(
  from: EntityReader,
  { wordings, scope, plan, at }: Given,
  refuses: (push: Push) => string | null = () => null,
): Compiled {
  const stored = (id: string) => WORDING_VALUES.read(from, id)?.state.values ?? {}
  const values = joinValues(stored(TEAM_SCOPE), incidentOfScope(scope) === null ? {} : stored(valuesId(scope)))
  const found: { item: BulletinItem; push: Push | null }[] = []
  const left: LeftOut[] = []

  function pushOf(wording: Wording, revision: Revision): void {
    const { content, number, hash } = revision.state
    const filled = valuesFor(content, values)
    const name = named(wording, revision, filled)
    const leave = (why: LeftOut['why'], detail: string) =>
      void left.push({ ...name, why, detail: limited(detail, BULLETIN_LIMITS.summary) })
    const { live } = wording.state
    const hold = plan.holds[wording.id]
    if (hold) return leave('held', hold.reason)
    // Publishing now would end the release before it begins.
    if (live && live.from > at) return leave('scheduled', '')
    const missing = missingValues(content, values, wording.state.kind)
    if (missing.length > 0) return leave('values', missing.join(', '))
    const summary = oneLine(content.core, filled, BULLETIN_LIMITS.summary)
    const delivery = deliveryFrom(wording.state)
    const body = { revisionId: revision.id, number, hash, from: at, until: null, summary, values: filled, emergency: null, delivery }
    const push = { wordingId: wording.id, body }
    const refused = refuses(push)
    if (refused !== null) return leave('refused', refused)
    const before = revisionInMark(plan.told[wording.id]) ?? live?.revisionId ?? null
    const change = before === null ? 'new' : 'changed'
    const { kind } = wording.state
    found.push({ item: { ...name, hash, kind, change, summary, from: before as BulletinItem['from'], at, pushed: true }, push })
  }

  for (const id of wordings) {
    const wording = WORDING.read(from, id)
    if (wording?.scope !== scope) continue
    const { removed } = wording.state
    // Only what is not in use can be removed: agents who were told of it are told that it was withdrawn.
    if (removed && plan.told[wording.id] === undefined) continue
    const pending = removed ? undefined : pendingOf(from, wording)
    if (pending) pushOf(wording, pending)
    if (found.at(-1)?.item.wordingId === wording.id) continue
    const item = changeByHand(from, wording, plan.told[wording.id], at)
    if (item) found.push({ item, push: null })
  }
  const sorted = inOrder(found, plan.order)
  const count = fittingCount(
    sorted.slice(0, BULLETIN_LIMITS.items).map(({ item }) => item),
    LENGTHS.items,
  )
  const kept = sorted.slice(0, count)
  for (const { item, push } of sorted.slice(count)) {
    const { wordingId, revisionId, number, title } = item
    if (push) left.push({ wordingId, revisionId, number, title, why: 'full', detail: '' })
  }
  const leftOut = left.slice(0, BULLETIN_LIMITS.left)
  return {
    items: kept.map(({ item }) => item),
    left: leftOut.slice(0, fittingCount(leftOut, LENGTHS.left)),
    pushes: kept.flatMap(({ push }) => push ?? []),
  }
}

/** Largest lengths in JSON; the rest of an op is for what else belongs to it. A title of quotation marks takes twice its length. */
const LENGTHS = { items: MAX_OP_LENGTH * 0.7, left: MAX_OP_LENGTH * 0.27 } as const

/** How many of some values, from the first, fit into a length in JSON. */
function fittingCount(values: readonly unknown[], length: number): number {
  let rest = length
  const over = values.findIndex((value) => (rest -= JSON.stringify(value).length + 1) < 0)
  return over === -1 ? values.length : over
}

/** Sorts items as the head wants them; others follow, the earliest first. */
function inOrder<Found extends { item: BulletinItem }>(found: readonly Found[], order: readonly string[]): Found[] {
  const places = new Map(order.map((id, place) => [id, place]))
  const placeOf = ({ item }: Found) => places.get(item.wordingId) ?? order.length
  return found.toSorted((a, b) => placeOf(a) - placeOf(b) || a.item.at - b.item.at || (a.item.wordingId < b.item.wordingId ? -1 : 1))
}
