import { z } from 'zod'
import { createEntity, writeField, type Applied, type Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { refuse } from '../log/refusal.ts'
import { NOTICE } from './notice-entity.ts'
import { NoticeMade, type NoticeState } from './notice.ts'

export const NoticeRead = z.strictObject({ read: z.boolean() })

/** Version 1 could not be about a text of the standing library. */
const IncidentNoticeMade = NoticeMade.extend({ incidentId: LoggedUuid })

/** The version of `notice.made` for a notice: the oldest one that can hold it, so that devices not updated yet show it. */
export function noticeVersion({ incidentId }: Pick<NoticeMade, 'incidentId'>): 1 | 2 {
  return incidentId === null ? 2 : 1
}

type Notice = Entity<NoticeState>

const MADE = {
  action: 'admission',
  expects: null,
  notifies: null,
  webhook: null,
  // The hub records a notice beside its cause without judging it; from any other author it is refused.
  decide: () => refuse('malformed', { detail: 'only the hub makes notices' }),
  fold(notice: Notice | undefined, body: NoticeMade, applied: Applied, op: Op): Notice {
    if (notice?.state.content) return notice
    const content = { ...body, by: applied.actor, at: applied.recordedAt }
    return notice ? { ...notice, state: { ...notice.state, content } } : createEntity<NoticeState>(op, { content, read: false })
  },
} as const

/** Notices are in the private scope of their recipient; only the hub creates them. */
export const NOTICE_OPS = [
  NOTICE.op('notice.made', { ...MADE, version: 1, body: IncidentNoticeMade }),
  NOTICE.op('notice.made', { ...MADE, version: 2, body: NoticeMade }),
  NOTICE.op('notice.read', {
    version: 1,
    body: NoticeRead,
    action: 'private',
    expects: null,
    notifies: null,
    webhook: null,
    fold: (notice, body, applied, op) =>
      writeField(notice ?? createEntity<NoticeState>(op, { content: null, read: false }), 'read', body.read, applied),
  }),
]
