import { z } from 'zod'
import { derivedId } from '../log/derived-id.ts'
import { LoggedUuid, type Uuid } from '../log/ids.ts'
import { ContentHash, textHash } from '../wording/content.ts'
import { WordingKind } from '../wording/wording.ts'
import type { Cadence } from './bulletin-slots.ts'

export const BULLETIN_CHANGES = ['new', 'changed', 'withdrawn'] as const
export const BulletinChange = z.enum(BULLETIN_CHANGES)
export type BulletinChange = z.infer<typeof BulletinChange>

/**
 * How a bulletin came about: at its hour; after it, because the hub was down; out of turn, by a member. A `missed` one only
 * holds the number of an hour in which none went out.
 */
export const BULLETIN_MARKS = ['on-time', 'late', 'missed', 'out-of-turn'] as const
export const BulletinMark = z.enum(BULLETIN_MARKS)
export type BulletinMark = z.infer<typeof BulletinMark>

/** Maximum numbers and lengths; together they keep a bulletin within the size of one op. */
export const BULLETIN_LIMITS = { items: 40, left: 20, title: 200, summary: 300, missedAtOnce: 150, holds: 500, order: 500 } as const

const Time = z.int().min(0).max(4_133_980_800_000)
const Title = z.string().max(BULLETIN_LIMITS.title)

/** One change since the last bulletin. */
export const BulletinItem = z.strictObject({
  wordingId: LoggedUuid,
  /** The revision in use now; of a withdrawn text the one that was. */
  revisionId: LoggedUuid,
  number: z.int().min(1),
  hash: ContentHash,
  kind: WordingKind,
  title: Title,
  change: BulletinChange,
  /** What changed, in one sentence; of a withdrawn text what to use instead. May be empty. */
  summary: z.string().max(BULLETIN_LIMITS.summary),
  /** The revision that the last bulletin gave; null if it gave none. */
  from: LoggedUuid.nullable(),
  /** When it was published or withdrawn, milliseconds since 1970. */
  at: Time,
  /** True if the bulletin itself published it. */
  pushed: z.boolean(),
})
export type BulletinItem = z.infer<typeof BulletinItem>

/** Why an approved text does not go out: held by a member, a release that begins later, variables without value, too many changes at once, refused by the rules of publishing. */
export const LEFT_OUT = ['held', 'scheduled', 'values', 'full', 'refused'] as const
/** An approved revision that does not go out. `detail`: the reason of the hold, or the names of the variables. */
export const LeftOut = z.strictObject({
  wordingId: LoggedUuid,
  revisionId: LoggedUuid,
  number: z.int().min(1),
  title: Title,
  why: z.enum(LEFT_OUT),
  detail: z.string().max(BULLETIN_LIMITS.summary),
})
export type LeftOut = z.infer<typeof LeftOut>

/** What a bulletin says. */
export type BulletinContent = { items: BulletinItem[]; left: LeftOut[] }

/** A bulletin, as the hub writes it; it never changes. */
export const BulletinIssue = z.strictObject({
  number: z.int().min(1),
  /** The hour it is for, milliseconds since 1970; null out of turn. */
  slot: Time.nullable(),
  mark: BulletinMark,
  items: z.array(BulletinItem).max(BULLETIN_LIMITS.items),
  left: z.array(LeftOut).max(BULLETIN_LIMITS.left),
  previousId: LoggedUuid.nullable(),
  /** Who had it sent out of turn. */
  requestedBy: LoggedUuid.nullable(),
})
export type BulletinIssue = z.infer<typeof BulletinIssue>
export type BulletinState = BulletinIssue & { issuedAt: number }

export type BulletinHold = { reason: string; by: string; at: number }

/** When and how the bulletins of an incident go out. Its id is that of the incident. */
export type BulletinPlanState = {
  on: boolean
  /** Minutes. */
  cadence: Cadence
  /** Minutes east of Greenwich by which the full hour is meant. */
  offset: number
  /** Who set it last, and when; null while the hub runs it by the level of the incident. */
  setBy: string | null
  setAt: number
  /** Cadence before `setAt`, while a bulletin that was due by then has not gone out. Missing or null: there is none. */
  cadenceBefore?: Cadence | null
  /** The slot of the next bulletin, milliseconds since 1970; null while none is due. */
  nextDue: number | null
  /** How often the hub's clock was found to have been ahead. Missing: never. */
  reckoned?: number
  /** A bulletin wanted now. `id`: of the op. */
  request: { id: string; by: string; at: number } | null
  /** Ids of texts, in the order in which their items go out; others follow by time. */
  order: readonly string[]
  /** By the id of the text. */
  holds: Readonly<Record<string, BulletinHold>>
  /** Number and id of the last bulletin, missed ones included. */
  last: number
  lastId: string | null
  /** What the bulletins have said about each text, see `markOf`. */
  told: Readonly<Record<string, string>>
}

/** A state of a text that a bulletin may have told: a published revision, or its end. */
export function markOf({ change, revisionId, at }: Pick<BulletinItem, 'change' | 'revisionId' | 'at'>): string {
  return `${change === 'withdrawn' ? '-' : ''}${revisionId}@${at}`
}

/** The revision in a mark; null if it is withdrawn, or there is no mark. */
export function revisionInMark(mark: string | undefined): string | null {
  return mark === undefined || mark.startsWith('-') ? null : (mark.split('@')[0] ?? null)
}

/**
 * The id of the bulletin of an hour, or of a request: the same on every node, so that none is ever made twice.
 * @param occasion the slot (milliseconds since 1970), or the id of the request
 * @param reckoned see {@link BulletinPlanState}: an hour that a wrong clock has answered is answered again when it comes
 */
export function bulletinId(incidentId: string, occasion: number | string, reckoned = 0): Uuid {
  return derivedId(['bulletin', incidentId, occasion, ...(reckoned > 0 ? [reckoned] : [])], textHash)
}

/** The items of a bulletin as agents see them. */
export function itemsForAgents({ items }: Pick<BulletinState, 'items'>) {
  return items.map(({ wordingId, number, title, change, summary }) => ({ textId: wordingId, number, title, change, summary }))
}

/** Whether agents are shown a bulletin: a missed one says nothing. */
export function isForAgents({ mark }: Pick<BulletinState, 'mark'>): boolean {
  return mark !== 'missed'
}
