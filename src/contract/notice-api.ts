import type { FollowReason } from '#domain/incidents/followers.ts'
import type { IncidentMode } from '#domain/incidents/incident.ts'
import type { NoticeMade, NoticeRule } from '#domain/notices/notice.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

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
  'notices.list': query(
    z.strictObject({
      page: z.int().min(0).default(0),
      order: z.enum(['newest', 'unread']).default('newest'),
      incidentId: z.uuid().optional(),
    }),
  )
    .dependsOn(() => ['notices', 'incidents', 'workspace'])
    .returns<NoticePage>(),
  'notices.unread': query(z.strictObject({}))
    .dependsOn(() => ['notices', 'incidents'])
    .returns<{ count: number }>(),
  'notices.read': command(z.strictObject({ ids: z.array(z.uuid()).min(1).max(500), read: z.boolean() })).returns<null>(),
  /** All of them, or all of one incident. @returns which were unread before, for taking it back */
  'notices.readAll': command(z.strictObject({ incidentId: z.uuid().optional() })).returns<{ ids: string[] }>(),
  /**
   * Takes the notices that are worth a sound and a desktop notification: somebody waits for this member, and it is new. Each
   * is given out once on this device, however many windows ask.
   */
  'notices.takeNew': command(z.strictObject({})).returns<NoticeView[]>(),

  'following.get': query(IncidentRef)
    .dependsOn(({ incidentId }) => ['workspace', ...ofIncident(incidentId, 'people', 'incident')])
    .returns<FollowingView>(),
  'following.set': command(IncidentRef.extend({ follow: z.boolean() }), { action: 'incident.follow' }).returns<FollowingView>(),
}
