import type { Op } from '#domain/log/op.ts'
import { idOf, INCIDENT, makeOp, PRIVATE_SCOPE } from '#tests/support/log-texts.ts'

/** A valid op of each type and version on notices. */
export const NOTICE_SAMPLES: Op[] = [
  makeOp({
    type: 'notice.made',
    kind: 'notice',
    id: idOf(95),
    scope: PRIVATE_SCOPE,
    body: { rule: 'mentioned', incidentId: INCIDENT, subject: { kind: 'entry', id: idOf(9) }, cause: idOf(9), params: { where: 'entry' } },
  }),
  makeOp({
    type: 'notice.made',
    version: 2,
    kind: 'notice',
    id: idOf(96),
    scope: PRIVATE_SCOPE,
    body: { rule: 'review-asked', incidentId: null, subject: { kind: 'revision', id: idOf(9) }, cause: idOf(9), params: {} },
  }),
  makeOp({ type: 'notice.read', kind: 'notice', id: idOf(95), scope: PRIVATE_SCOPE, body: { read: true } }),
]
