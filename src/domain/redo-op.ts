import { findOpType } from './features.ts'
import type { Entity } from './log/entity.ts'
import type { Op } from './log/op.ts'

/**
 * The body of a rejected op rewritten for the current state: its content stays, its expected values become the current ones.
 * @param now the entity as it is seen now; undefined when there is none
 */
export function redoneBody(op: Op, now: Entity | undefined): Op['body'] {
  const state = new Map(typeof now?.state === 'object' ? Object.entries(now.state ?? {}) : [])
  const expected = Object.entries(findOpType(op.type, op.version)?.expects ?? {}).flatMap(([inBody, inState]): [string, unknown][] => {
    const value: unknown = inState === undefined ? undefined : state.get(inState)
    return value === undefined ? [] : [[inBody, value]]
  })
  return expected.length === 0 ? op.body : { ...op.body, ...Object.fromEntries(expected) }
}
