import type { FollowReason } from '#domain/incidents/followers.ts'
import type { IncidentMode } from '#domain/incidents/incident.ts'
import type { NoticeEnd } from '#domain/moments/notice-over.ts'
import type { NoticeMade, NoticeRule } from '#domain/notices/notice.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

/** Notices per page. */
export const NOTICE_PAGE_SIZE = 50

/** One notice of this device's member, with the current words of its subject. */
export type NoticeView = Pending & {
  id: string
  rule: NoticeRule
  /** Null for a text of the standing library. */
  incidentId: string | null
  incidentTitle: string | null
  mode: z.infer<typeof IncidentMode>
  subject: NoticeMade['subject']
  params: NoticeMade['params']
  byName: string
  /** Hub time, milliseconds since 1970. */
  at: number
  read: boolean
  /** The beginning of the entry, comment or task, or the title of the text; empty if there is none or it has not been synced yet. */
  text: string
  /** Why a notice of a time is out of date; null if it is current or not about a time. */
  over: NoticeEnd | null
}

export type NoticePage = { rows: NoticeView[]; page: number; pages: number; total: number; unread: number }

export type FollowingView = Pending & {
  follows: boolean
  /** All followers of the incident, including oneself; `place`: author or commander, who follow by default. */
  followers: { id: string; name: string; why: FollowReason | 'place' }[]
}

/** The notices of this device's member, and the incidents that they follow. Only the hub creates notices. */
export const noticeApi = {
  /** Newest first, or unread ones before the others. Notices of incidents that the member may not read now are excluded. */
  'notices.list': query(
    z.strictObject({
      page: z.int().min(0).default(0),
      order: z.enum(['newest', 'unread']).default('newest'),
      incidentId: z.uuid().optional(),
    }),
  )
    .dependsOn(() => ['notices', 'incidents', 'reviews', 'workspace'])
    .returns<NoticePage>(),
  'notices.unread': query(z.strictObject({}))
    .dependsOn(() => ['notices', 'incidents'])
    .returns<{ count: number }>(),
  'notices.read': command(z.strictObject({ ids: z.array(z.uuid()).min(1).max(500), read: z.boolean() })).returns<null>(),
  /**
   * All of them, or all of one incident.
   * @returns the notices that were unread before, for undo
   */
  'notices.readAll': command(z.strictObject({ incidentId: z.uuid().optional() })).returns<{ ids: string[] }>(),
  /**
   * Takes the new notices that deserve a sound and a desktop notification, because someone needs this member. Each is
   * returned once per device, even if several windows ask.
   */
  'notices.takeNew': command(z.strictObject({})).returns<NoticeView[]>(),

  'following.get': query(IncidentRef)
    .dependsOn(({ incidentId }) => ['workspace', ...ofIncident(incidentId, 'people', 'incident')])
    .returns<FollowingView>(),
  'following.set': command(IncidentRef.extend({ follow: z.boolean() }), { action: 'incident.follow' }).returns<FollowingView>(),
}
