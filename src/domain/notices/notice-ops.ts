import { z } from 'zod'
import { createEntity, writeField } from '../log/entity.ts'
import { refuse } from '../log/refusal.ts'
import { NOTICE } from './notice-entity.ts'
import { NoticeMade, type NoticeState } from './notice.ts'

export const NoticeRead = z.strictObject({ read: z.boolean() })

/** Notices are in the private scope of their recipient; only the hub creates them. */
export const NOTICE_OPS = [
  NOTICE.op('notice.made', {
    version: 1,
    body: NoticeMade,
    action: 'admission',
    expects: null,
    notifies: null,
    webhook: null,
    // The hub records a notice beside its cause without judging it; from any other author it is refused.
    decide: () => refuse('malformed', { detail: 'only the hub makes notices' }),
    fold: (notice, body, applied, op) => {
      if (notice?.state.content) return notice
      const content = { ...body, by: applied.actor, at: applied.recordedAt }
      return notice ? { ...notice, state: { ...notice.state, content } } : createEntity<NoticeState>(op, { content, read: false })
    },
  }),
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
