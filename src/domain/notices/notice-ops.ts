import { z } from 'zod'
import { writeField } from '../log/entity.ts'
import { createEntity, defineOp } from '../log/op-type.ts'
import { refuse } from '../log/refusal.ts'
import { NoticeMade, type NoticeState } from './notice.ts'

export const NoticeRead = z.strictObject({ read: z.boolean() })

/** Notices stand in the private scope of the member they are for; the hub alone makes them. */
export const NOTICE_OPS = [
  defineOp<NoticeMade, NoticeState>({
    type: 'notice.made',
    action: 'admission',
    version: 1,
    kind: 'notice',
    scope: 'private',
    body: NoticeMade,
    // The hub records it beside its cause without asking; from anybody else it is nothing.
    decide: () => refuse('malformed', { detail: 'only the hub makes notices' }),
    fold: (notice, body, applied, op) => {
      if (notice?.state.content) return notice
      const content = { ...body, by: applied.actor, at: applied.recordedAt }
      return notice ? { ...notice, state: { ...notice.state, content } } : createEntity<NoticeState>(op, { content, read: false })
    },
  }),
  defineOp<z.infer<typeof NoticeRead>, NoticeState>({
    type: 'notice.read',
    action: 'private',
    version: 1,
    kind: 'notice',
    scope: 'private',
    body: NoticeRead,
    fold: (notice, body, applied, op) =>
      writeField(notice ?? createEntity<NoticeState>(op, { content: null, read: false }), 'read', body.read, applied),
  }),
]
