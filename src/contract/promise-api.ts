import type { PromiseOutcome } from '#domain/promises/promise.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

/** What became of the text that made a promise; the promise stands in every case. */
export const PROMISE_SOURCES = ['in-use', 'replaced', 'withdrawn'] as const

/** What a publisher gives a commitment block. `ownerId`: the member who sees to it. */
export const PromiseInput = z.strictObject({ blockId: z.string().max(40), dueAt: z.int().min(0), ownerId: z.uuid().nullable() })
export const PromiseInputs = z.array(PromiseInput).max(50)

/** A promise that a published text of an incident made. Times in milliseconds since 1970. */
export type PromiseRow = Pending & {
  id: string
  incidentId: string
  wordingId: string
  wordingTitle: string
  source: (typeof PROMISE_SOURCES)[number]
  revisionId: string
  blockId: string
  text: string
  action: string
  /** Who keeps it, as published; and the member of the team who sees to it. */
  owner: string
  ownerId: string | null
  ownerName: string | null
  dueAt: number
  madeAt: number
  byName: string
  state: PromiseOutcome
  endedAt: number | null
  endedByName: string | null
  note: string
  /** Oldest first: the times that were promised before. */
  moves: { from: number; to: number; reason: string; at: number; byName: string }[]
}

/** A promise was made to the public, so that its words are not masked. */
const SHOWS = { shows: ['text', 'action', 'owner', 'wordingTitle'] } as const

const PromiseRef = z.strictObject({ incidentId: z.uuid(), promiseId: z.uuid() })
const Reason = z.string().trim().min(1).max(1000)

/** The promises of an incident (TK-04, TK-05). They are made by `wordings.publish`, or later from the published text. */
export const promiseApi = {
  /** Open ones first, by due time; then those that ended, the last first. `wordingId`: of one text only. */
  'promises.list': query(z.strictObject({ incidentId: z.uuid(), wordingId: z.uuid().nullable().default(null) }), SHOWS)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'promises', 'wordings'))
    .returns<PromiseRow[]>(),
  /** Makes promises of the published revision of a text, for commitments that were given no time when it was published. */
  'promises.make': command(z.strictObject({ incidentId: z.uuid(), wordingId: z.uuid(), promises: PromiseInputs.min(1) }), {
    action: 'promise.make',
    ...SHOWS,
  }).returns<PromiseRow[]>(),
  'promises.keep': command(PromiseRef.extend({ note: z.string().trim().max(1000) }), {
    action: 'promise.settle',
    ...SHOWS,
  }).returns<PromiseRow>(),
  'promises.break': command(PromiseRef.extend({ reason: Reason }), { action: 'promise.settle', ...SHOWS }).returns<PromiseRow>(),
  /** `from`: the due time that the member saw. */
  'promises.move': command(PromiseRef.extend({ from: z.int().min(0), to: z.int().min(0), reason: Reason }), {
    action: 'promise.settle',
    ...SHOWS,
  }).returns<PromiseRow>(),
  'promises.void': command(PromiseRef.extend({ reason: Reason }), { action: 'promise.void', ...SHOWS }).returns<PromiseRow>(),
}
