import { CADENCES, OFFSETS, type Cadence } from '#domain/bulletins/bulletin-slots.ts'
import { BULLETIN_LIMITS, type BulletinHold, type BulletinItem, type BulletinMark, type LeftOut } from '#domain/bulletins/bulletin.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

/** An approved text that stays out; `hold`: by whom and when, if it is held. */
export type LeftOutView = LeftOut & { hold: { byName: string; at: number } | null }

/** The bulletins of an incident to come. Times in milliseconds since 1970. */
export type BulletinPlanView = Pending & {
  on: boolean
  /** True while the level of the incident decides, false once a member has. */
  byLevel: boolean
  /** Minutes. */
  cadence: Cadence
  nextDue: number | null
  /** When a member asked for one out of turn that has not gone out yet. */
  requestedAt: number | null
  /** The number of the last bulletin. */
  last: number
  /** What would go out now, in order. */
  items: BulletinItem[]
  left: LeftOutView[]
}

/** A bulletin; `slot`: the hour it is for, null out of turn. */
export type BulletinRow = {
  id: string
  number: number
  slot: number | null
  issuedAt: number
  mark: BulletinMark
  items: readonly BulletinItem[]
  left: readonly LeftOut[]
  requestedByName: string | null
}

/** What an item changed: each field of the text that differs, with its text in the last bulletin and in this one. */
export type ItemDifference = { wordingId: string; fields: { at: string; before: string; after: string }[] }

export type BulletinView = BulletinRow & { differences: ItemDifference[] }

/** The bulletins of an open incident among those of all. `missed`: of the last day, newest first; `last`: null before the first. */
export type BulletinStanding = {
  incidentId: string
  title: string
  nextDue: number | null
  waiting: number
  last: BulletinRow | null
  missed: Pick<BulletinRow, 'id' | 'number' | 'slot' | 'mark'>[]
}

export type { BulletinHold }

/** Bulletins are read out to customers: their texts are not masked. */
const SHOWS = { shows: ['title', 'summary', 'detail', 'before', 'after', 'hash'] } as const

const IncidentRef = z.strictObject({ incidentId: z.uuid() })
const TextRef = IncidentRef.extend({ wordingId: z.uuid() })
const DOES = { action: 'bulletin.manage', ...SHOWS } as const

/** Hourly bulletins (通报, C2-12). The hub compiles and issues them. */
export const bulletinApi = {
  'bulletins.plan': query(IncidentRef, SHOWS)
    .dependsOn(({ incidentId }) => [...ofIncident(incidentId, 'bulletins', 'wordings', 'incident'), ...ofIncident('', 'wordings')])
    .returns<BulletinPlanView>(),
  /** Newest first; `before`: only lower numbers. */
  'bulletins.list': query(IncidentRef.extend({ before: z.int().min(1).nullable().default(null) }), SHOWS)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'bulletins'))
    .returns<{ bulletins: BulletinRow[]; more: boolean }>(),
  'bulletins.get': query(IncidentRef.extend({ bulletinId: z.uuid() }), SHOWS)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'bulletins', 'wordings'))
    .returns<BulletinView>(),
  /** The open incidents that have bulletins, the next one first. */
  'bulletins.standing': query(z.strictObject({}), SHOWS)
    .dependsOn(() => ['incidents', 'bulletins', 'reviews'])
    .returns<BulletinStanding[]>(),

  /** `offset`: minutes east of Greenwich by which full hours are meant. */
  'bulletins.setPlan': command(
    IncidentRef.extend({ on: z.boolean(), cadence: z.literal(CADENCES), offset: z.int().min(OFFSETS.least).max(OFFSETS.most) }),
    DOES,
  ).returns<BulletinPlanView>(),
  'bulletins.hold': command(
    TextRef.extend({ reason: z.string().trim().min(1).max(BULLETIN_LIMITS.summary) }),
    DOES,
  ).returns<BulletinPlanView>(),
  'bulletins.release': command(TextRef, DOES).returns<BulletinPlanView>(),
  /** `order`: ids of texts. */
  'bulletins.reorder': command(
    IncidentRef.extend({ order: z.array(z.uuid()).max(BULLETIN_LIMITS.order) }),
    DOES,
  ).returns<BulletinPlanView>(),
  /** Asks the hub for a bulletin out of turn. */
  'bulletins.sendNow': command(IncidentRef, DOES).returns<BulletinPlanView>(),
}
