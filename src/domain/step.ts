import type { DecisionContext } from './define-entity.ts'
import { oddIdOf } from './entity-ids.ts'
import { findOpType } from './features.ts'
import { INCIDENT } from './incidents/incident-entity.ts'
import type { Applied, Entity } from './log/entity.ts'
import { decidingScope, fitsScopeRule, incidentOfScope } from './log/ids.ts'
import type { Op } from './log/op.ts'
import { refuse, type Refusal } from './log/refusal.ts'
import { standingOf } from './members/standing.ts'
import { permit } from './permissions/permit.ts'
import { readersOf } from './permissions/readers.ts'

/**
 * One step of the fold: `state' = step(state, op)`. Total and pure: no clock, no I/O, and no throw for any op that parses,
 * whatever its body (P3). It never re-judges what the hub accepted.
 * @param entity the entity that the op names, before the op; undefined when it does not exist yet
 * @returns the entity after the op; the same object when nothing changed; marked `newer` when this version does not know the
 *   op
 */
export function step(entity: Entity | undefined, op: Op, applied: Applied): Entity | undefined {
  const type = findOpType(op.type, op.version)
  if (!type || type.kind !== op.entity.kind) return entity && !entity.newer ? { ...entity, newer: true } : entity
  if (entity && entity.scope !== op.scope) return entity
  return type.fold(entity, op, applied)
}

/** True when this version can fold the op; otherwise the record is parked, or the scope freezes when the op is critical. */
export function understands(op: Op): boolean {
  return findOpType(op.type, op.version) !== undefined
}

/** Whether kind and version of an op are known and its body fits; the body must not be read before this check. */
export function isFit(op: Op): boolean {
  const type = findOpType(op.type, op.version)
  return type !== undefined && type.kind === op.entity.kind && oddIdOf(op) === null && type.fits(op)
}

/**
 * Judges an op once, on the state before it: the hub for good, the replica to refuse early.
 * @returns the refusal, or null when it is accepted
 */
export function decide(context: DecisionContext, op: Op): Refusal | null {
  const type = findOpType(op.type, op.version)
  if (!type) return refuse('unknown-type', { type: op.type, version: op.version })
  if (type.kind !== op.entity.kind) return refuse('malformed', { detail: 'entity.kind' })
  const odd = oddIdOf(op)
  if (odd !== null) return refuse('malformed', { detail: odd })
  if (!fitsScopeRule(type.scope, op.scope, context.actorId)) return refuse('wrong-scope')
  const standing = op.type === 'member.join' ? null : standingOf(context.actor, context.now)
  if (standing) return standing
  // A member who may not read a restricted incident learns nothing about it, not even that it exists.
  const incident = INCIDENT.read(context, incidentOfScope(decidingScope(op.scope)) ?? '')
  const readers = readersOf(incident, context.now)
  if (readers !== 'everyone' && !readers.includes(context.actorId) && context.takesOver !== true) return refuse('not-found')
  const entity = context.read(op.entity.kind, op.entity.id)
  if (entity && entity.scope !== op.scope) return refuse('wrong-scope')
  // Parked ops are not understood here, so the effect of a further change is unknown.
  if (entity?.newer) return refuse('unknown-type', { type: op.type, version: op.version })
  return type.judge(context, entity, op, (action, own) => {
    const { actorId: id, actor: state, now } = context
    return state ? permit({ id, state, now }, action, { incident: incident?.state, own }) : refuse('not-a-member')
  })
}
