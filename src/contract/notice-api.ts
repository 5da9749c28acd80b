import type { FollowReason } from '#domain/incidents/followers.ts'
import type { IncidentMode } from '#domain/incidents/incident.ts'
import type { NoticeEnd } from '#domain/notices/notice-over.ts'
import type { NoticeMade, NoticeRule } from '#domain/notices/notice.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { procedure } from './procedure.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

/** Notices per page. */
export const NOTICE_PAGE_SIZE = 50

/** One thing that the member of this device is told, with the words of what it is about as they stand here now. */
export type NoticeView = Pending & {
  id: string
  rule: NoticeRule
  incidentId: string
  incidentTitle: string
  mode: z.infer<typeof IncidentMode>
  subject: NoticeMade['subject']
  params: NoticeMade['params']
  byName: string
  /** Hub time, milliseconds since 1970. */
  at: number
  read: boolean
  /** The beginning of the entry, comment or task; empty where there is none or it is not here yet. */
  text: string
  /** Why it is past, for a notice of a clock that waits for nobody any more; null else. */
  over: NoticeEnd | null
}

export type NoticePage = { rows: NoticeView[]; page: number; pages: number; total: number; unread: number }

export type FollowingView = Pending & {
  follows: boolean
  /** Everybody who follows the incident, oneself among them; `place`: its author or its commander, who follow it unasked. */
  followers: { id: string; name: string; why: FollowReason | 'place' }[]
}

/** What the member of this device is told, and which incidents they follow. Notices are made at the hub alone. */
export const noticeApi = {
  /** Newest first, or those not read yet before the others. What is about an incident that one may not read now is left out. */
  'notices.list': procedure(
    z.strictObject({
      page: z.int().min(0).default(0),
      order: z.enum(['newest', 'unread']).default('newest'),
      incidentId: z.uuid().optional(),
    }),
  ).returns<NoticePage>(),
  'notices.unread': procedure(z.strictObject({})).returns<{ count: number }>(),
  'notices.read': procedure(z.strictObject({ ids: z.array(z.uuid()).min(1).max(500), read: z.boolean() })).returns<null>(),
  /** All of them, or all of one incident. @returns which were unread before, for taking it back */
  'notices.readAll': procedure(z.strictObject({ incidentId: z.uuid().optional() })).returns<{ ids: string[] }>(),
  /**
   * Takes the notices that are worth a sound and a desktop notification: somebody waits for this member, and it is new. Each
   * is given out once on this device, however many windows ask.
   */
  'notices.takeNew': procedure(z.strictObject({})).returns<NoticeView[]>(),

  'following.get': procedure(IncidentRef).returns<FollowingView>(),
  'following.set': procedure(IncidentRef.extend({ follow: z.boolean() })).returns<FollowingView>(),
}
