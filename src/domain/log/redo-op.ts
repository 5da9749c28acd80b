import type { Entity } from './entity.ts'
import type { Op } from './op.ts'

/** What an op of a type expects to find: the field of its body, and the field of the state that it must agree with. */
const EXPECTED: Record<string, { inBody: string; inState: string }> = {
  'incident.change-level': { inBody: 'from', inState: 'level' },
  'incident.set-status': { inBody: 'from', inState: 'status' },
  'incident.hand-over': { inBody: 'from', inState: 'commander' },
  'task.move': { inBody: 'from', inState: 'progress' },
  'plan.save': { inBody: 'version', inState: 'version' },
  'rules.set': { inBody: 'version', inState: 'version' },
}

/**
 * The body of a rejected op as its author would write it today: what it says stays, what it expected to find becomes what is
 * there now.
 * @param now the entity as it is seen now; undefined when there is none
 */
export function redoneBody(op: Op, now: Entity | undefined): Op['body'] {
  const expected = EXPECTED[op.type]
  const state = now?.state as Record<string, unknown> | undefined
  const value = expected && state?.[expected.inState]
  return expected && value !== undefined ? { ...op.body, [expected.inBody]: value } : op.body
}
