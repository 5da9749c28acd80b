import type { z } from 'zod'
import type { Applied, Entity } from './entity.ts'
import type { Op } from './op.ts'
import { refuse, type Refusal } from './refusal.ts'
import { incidentOfScope } from './ids.ts'
import { oddIdFinder } from './odd-ids.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { Admission } from '../members/admission.ts'
import type { MemberState } from '../members/member.ts'
import type { Action } from '../permissions/matrix.ts'
import { permit } from '../permissions/permit.ts'

/** What a decision may look at. The hub gives canonical state; the replica, refusing early, gives what its user sees. */
export type DecisionContext = {
  actorId: string
  actor: MemberState | null
  /** Milliseconds since 1970: the hub's time at the hub, the device's own clock at the replica. */
  now: number
  /** What lets the actor join, where the actor is not a member yet. */
  admission: Admission
  read(kind: string, id: string): Entity | undefined
  /** Ops of the actor, accepted or certain to be, that an op names or stands beside. Left out: not that anybody knew. */
  acts?(op: Op): readonly Op[]
  /** When the actor revealed personal data lately, wherever: milliseconds since 1970. Left out: not that anybody knew. */
  reveals?(): readonly number[]
  /** True where the actor takes over a restricted incident that nobody in standing may read. */
  takesOver?: boolean
}

/** Which scopes an op of a type may stand in. */
export type ScopeRule = 'team' | 'incident' | 'private'

type OpTypeOf<Body, State> = {
  type: string
  version: number
  kind: string
  scope: ScopeRule
  body: z.ZodType<Body>
  /** What the permission matrix calls it; `admission` for joining, which no member does; `private` for what is only about oneself. */
  action: Action | 'admission' | 'private' | ((body: Body, entity: Entity<State> | undefined) => Action)
  /** Whether what it is done to is the actor's own, where the matrix asks. Left out: never. */
  own?(entity: Entity<State>, context: DecisionContext, body: Body): boolean
  /**
   * Judges the op once, on the state before it, after the matrix has permitted it. Facts without a condition leave it out.
   * @returns why it may not stand, or null
   */
  decide?(context: DecisionContext, entity: Entity<State> | undefined, body: Body, op: Op): Refusal | null
  /** Folds an accepted op. Total: what it cannot use changes nothing. */
  fold(entity: Entity<State> | undefined, body: Body, applied: Applied, op: Op): Entity<State> | undefined
}

/** An op type with its body and state types closed over, so that types of all features stand in one table. */
export type OpType = {
  type: string
  version: number
  kind: string
  scope: ScopeRule
  body: z.ZodType
  /** Whether the body fits and every id in it is one: until then nobody may read anything out of it. */
  fits(op: Op): boolean
  /** The action of an op with this body; null when the body does not fit, or nobody's permission is asked. */
  actionOf(entity: Entity | undefined, op: Op): Action | null
  judge(context: DecisionContext, entity: Entity | undefined, op: Op): Refusal | null
  fold(entity: Entity | undefined, op: Op, applied: Applied): Entity | undefined
}

/** What is recorded of why a body does not fit: the words of its author may stand in it. */
const DETAIL_LENGTH = 500

/**
 * Declares an op type of a feature.
 * @returns the type for the table in `op-types.ts`; `judge` refuses a body that does not fit, `fold` ignores it
 */
export function defineOp<Body, State>(definition: OpTypeOf<Body, State>): OpType {
  const { type, version, kind, scope } = definition
  const actionFor = (body: Body, entity: Entity | undefined): Action | null => {
    if (definition.action === 'admission' || definition.action === 'private') return null
    return typeof definition.action === 'function' ? definition.action(body, entity as Entity<State> | undefined) : definition.action
  }
  const oddIdIn = oddIdFinder(definition.body)
  return {
    type,
    version,
    kind,
    scope,
    body: definition.body,
    fits: (op) => definition.body.safeParse(op.body).success && oddIdIn(op.body) === null,
    actionOf(entity, op) {
      const body = definition.body.safeParse(op.body)
      return body.success ? actionFor(body.data, entity) : null
    },
    judge(context, entity, op) {
      const body = definition.body.safeParse(op.body)
      if (!body.success)
        return refuse('malformed', {
          detail: body.error.issues
            .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
            .join('; ')
            .slice(0, DETAIL_LENGTH),
        })
      const odd = oddIdIn(op.body)
      if (odd !== null) return refuse('malformed', { detail: odd })
      // The kind of an entity fixes its state: only op types of that kind ever write it.
      const known = entity as Entity<State> | undefined
      const action = actionFor(body.data, known)
      if (action !== null) {
        if (!context.actor) return refuse('not-a-member')
        const incident = context.read('incident', incidentOfScope(op.scope) ?? '') as Entity<IncidentState> | undefined
        const own = known ? (definition.own?.(known, context, body.data) ?? false) : null
        const refusal = permit({ id: context.actorId, state: context.actor, now: context.now }, action, { incident: incident?.state, own })
        if (refusal) return refusal
      }
      return definition.decide?.(context, known, body.data, op) ?? null
    },
    fold(entity, op, applied) {
      const body = definition.body.safeParse(op.body)
      if (!body.success) return entity
      return definition.fold(entity as Entity<State> | undefined, body.data, applied, op)
    },
  }
}

/** A fresh entity made by the op that creates it. */
export function createEntity<State>(op: Op, state: State): Entity<State> {
  return { kind: op.entity.kind, id: op.entity.id, scope: op.scope, state, stamps: {}, superseded: [], newer: false }
}
