import type { Hlc } from './hybrid-clock.ts'
import type { ScopeId } from './ids.ts'
import type { Op } from './op.ts'

/** The last write of a field, with the data needed to decide the next write. */
export type Stamp = { seq: number; hlc: Hlc; replicaId: string; actor: string; at: number; opId: string }

/** A write that lost against a concurrent one; kept, so that it can be restored. */
export type Superseded = { field: string; value: unknown; actor: string; at: number; opId: string }

/** An entity, folded from its ops. `state` belongs to the feature; the other fields belong to the log. */
export type Entity<State = unknown> = {
  kind: string
  id: string
  scope: ScopeId
  state: State
  stamps: Record<string, Stamp>
  superseded: Superseded[]
  /** True when an op of a newer version on it is parked: it is read-only until the update. */
  newer: boolean
}

/** The inputs of the fold for an accepted or pending op. */
export type Applied = {
  opId: string
  scope: ScopeId
  /** Sequence number at the hub; null while the op is pending on its author's device. */
  seq: number | null
  actor: string
  /** Hub time once recorded, before that the author's clock, milliseconds since 1970. */
  recordedAt: number
  /** The author's clock, as limited by the hub. */
  hlc: Hlc
  baseSeq: number
  replicaId: string
}

const KEPT_SUPERSEDED = 50

/** Whether the author of a write had seen the current value, and whether the write wins against it. */
function standingAgainst(current: Stamp | undefined, applied: Applied): { seen: boolean; wins: boolean } {
  const seen = current === undefined || applied.baseSeq >= current.seq || applied.replicaId === current.replicaId
  if (seen || current === undefined) return { seen: true, wins: true }
  return { seen, wins: applied.hlc > current.hlc || (applied.hlc === current.hlc && applied.replicaId >= current.replicaId) }
}

function keepSuperseded<State>(entity: Entity<State>, lost: readonly Superseded[]): Superseded[] {
  return lost.length === 0 ? entity.superseded : [...entity.superseded, ...lost].slice(-KEPT_SUPERSEDED)
}

/**
 * Writes one field of an entity by the register rule: a write whose author had seen the current value wins; of concurrent
 * writes the larger (hlc, replica) wins and the other is kept as superseded. A device has always seen its own writes.
 * @returns the entity with the field decided; the input is not changed
 */
export function writeField<State extends object>(
  entity: Entity<State>,
  field: keyof State & string,
  value: unknown,
  applied: Applied,
): Entity<State> {
  const current = entity.stamps[field]
  const stamp: Stamp = {
    seq: applied.seq ?? applied.baseSeq,
    hlc: applied.hlc,
    replicaId: applied.replicaId,
    actor: applied.actor,
    at: applied.recordedAt,
    opId: applied.opId,
  }
  const { seen, wins } = standingAgainst(current, applied)
  const lost: Superseded[] = wins
    ? seen || current === undefined
      ? []
      : [{ field, value: entity.state[field], actor: current.actor, at: current.at, opId: current.opId }]
    : [{ field, value, actor: applied.actor, at: applied.recordedAt, opId: applied.opId }]
  const superseded = keepSuperseded(entity, lost)
  if (!wins) return { ...entity, superseded }
  return { ...entity, state: { ...entity.state, [field]: value }, stamps: { ...entity.stamps, [field]: stamp }, superseded }
}

/**
 * Writes several fields that are one value, such as a person's name and id. By the rule of {@link writeField}, but the write wins for
 * all of them or, when it loses for one, for none.
 * @returns the entity with the fields decided; the input is not changed
 */
export function writeTogether<State extends object>(
  entity: Entity<State>,
  values: readonly (readonly [keyof State & string, unknown])[],
  applied: Applied,
): Entity<State> {
  if (values.every(([field]) => standingAgainst(entity.stamps[field], applied).wins))
    return values.reduce((next, [field, value]) => writeField(next, field, value, applied), entity)
  const { actor, recordedAt: at, opId } = applied
  const lost = values.map(([field, value]): Superseded => ({ field, value, actor, at, opId }))
  return { ...entity, superseded: keepSuperseded(entity, lost) }
}

/** A new entity, created by its first op. */
export function createEntity<State>(op: Op, state: State): Entity<State> {
  return { kind: op.entity.kind, id: op.entity.id, scope: op.scope, state, stamps: {}, superseded: [], newer: false }
}
