import type { z } from 'zod'
import type { EntityKind } from './entity-kinds.ts'
import type { IncidentState } from './incidents/incident.ts'
import type { Applied, Entity } from './log/entity.ts'
import { isUuid, type ScopeRule } from './log/ids.ts'
import { NO_KEYS, type IndexKeys } from './log/index-keys.ts'
import { oddIdFinder } from './log/odd-ids.ts'
import type { Op } from './log/op.ts'
import { refuse, type Refusal } from './log/refusal.ts'
import type { Admission } from './members/admission.ts'
import type { MemberState } from './members/member.ts'
import type { NoticeCall, NoticeMade, NoticeRule, SubjectKind } from './notices/notice.ts'
import type { Action } from './permissions/matrix.ts'
import type { RevealedKind } from './privacy/reveal.ts'
import type { WebhookEvent } from './webhooks/webhook-events.ts'

/** A source of entities: a store, or the context of a decision. */
export type EntityReader = { read(kind: string, id: string): Entity | undefined }

/** What a decision may read. The hub provides canonical state; the replica, for early refusals, what its user sees. */
export type DecisionContext = EntityReader & {
  actorId: string
  actor: MemberState | null
  /** Milliseconds since 1970: hub time at the hub, the device's own clock at the replica. */
  now: number
  /** What lets an actor join who is not a member yet. */
  admission: Admission
  /** Ops of the actor, accepted or certain to be, that an op names or is written next to. Missing: unknown. */
  acts?(op: Op): readonly Op[]
  /** The ids of all members of the team. Missing: unknown. */
  memberIds?(): readonly string[]
  /** When the actor revealed personal data recently, on any device: milliseconds since 1970. Missing: unknown. */
  reveals?(): readonly number[]
  /** True while the actor takes over a restricted incident that no active member may read. */
  takesOver?: boolean
}

/** The op that restores a text. `version`: of its type, default 1. */
export type RestoringOp = { type: string; version?: number; body: Record<string, unknown> }

/** Text fields that several people edit, and the op that restores one of them and leaves other fields unchanged. */
type FreeTexts<State> = {
  fields: readonly (keyof State & string)[]
  /** @param written what the op that wrote the text also wrote, as far as it is known */
  restore(state: State, field: string, text: string, written: Readonly<Record<string, unknown>>): RestoringOp
}

/** Definition of an entity kind. Every field is required; `null` means that it does not apply. */
type EntityDefinition<Kind extends EntityKind, State> = {
  kind: Kind
  /** The scopes in which its ops are written. */
  scope: ScopeRule
  /** Whether a text is a valid id of this kind. */
  isId: 'uuid' | ((id: string) => boolean)
  /** Keys by which its lists are sorted and filtered. */
  indexKeys: null | ((state: State) => Partial<IndexKeys>)
  /** The searchable texts. Each is masked separately: a number never spans two texts. */
  searchable: null | ((state: State) => readonly (string | undefined)[])
  freeTexts: FreeTexts<State> | null
  /** Whether it holds texts that may be revealed one at a time. The kinds are a closed list, because every reveal record names one. */
  revealable: Kind extends RevealedKind ? true : false
  /**
   * Whether a notice is still true after its cause was folded: a write that lost against a concurrent one changed nothing,
   * and no one is notified. Rules without an entry always hold.
   */
  noticeHolds: Partial<Record<NoticeRule, (state: State | undefined, recipient: string, params: NoticeMade['params']) => boolean>>
}

/** The state before an op, for computing whom it notifies. */
export type BeforeOp<State> = { state: State | undefined; incident: IncidentState | undefined; followers(): string[] }

/** The members that an op notifies. */
type Notifies<Body, State> = {
  /** Decided without reading anything: most ops notify nobody, and the hub should not load followers for them. */
  may(body: Body): boolean
  calls(body: Body, before: BeforeOp<State>): readonly NoticeCall[]
}

/** Definition of an op type. `null` means that it does not apply. */
type OpDefinition<Kind extends EntityKind, Body, State> = {
  version: number
  /** Its action in the permission matrix; `admission` for joining, which non-members do; `private` for data only about oneself. */
  action: Action | 'admission' | 'private' | ((body: Body, entity: Entity<State> | undefined) => Action)
  /** Whether the target is the actor's own, if the matrix asks. Default: never. */
  own?(entity: Entity<State>, context: DecisionContext, body: Body): boolean
  /** Body fields that repeat what the author saw, each with the state field that it was read from. */
  expects: { [Field in keyof Body & string]?: keyof State & string } | null
  notifies: (Kind extends SubjectKind ? Notifies<Body, State> : never) | null
  /** Members that this op adds to those notified of later ops. Default: none. */
  adds?(body: Body): readonly string[]
  webhook: WebhookEvent | ((body: Body) => readonly WebhookEvent[]) | null
  /**
   * Judges the op once, on the state before it, after the matrix has permitted it. Omitted if there are no further
   * conditions.
   * @returns why the op is refused, or null
   */
  decide?(context: DecisionContext, entity: Entity<State> | undefined, body: Body, op: Op): Refusal | null
  /** Folds an accepted op. Total: content that does not apply changes nothing. */
  fold(entity: Entity<State> | undefined, body: Body, applied: Applied, op: Op): Entity<State> | undefined
}

/** Queries the matrix for the actor. `own` is null if the entity does not exist. */
type Permit = (action: Action, own: boolean | null) => Refusal | null

/**
 * An op type with its body and state types erased, so that the types of all features fit in one table. Functions that read
 * the body without judging the op (`notices`, `adds`, `webhookEvents`) require a fit op.
 */
export type OpType<Kind extends EntityKind = EntityKind> = {
  type: string
  version: number
  kind: Kind
  scope: ScopeRule
  body: z.ZodType
  expects: Readonly<Record<string, string | undefined>> | null
  /** Whether the body matches its schema and all its ids are valid; the body must not be read before this check. */
  fits(op: Op): boolean
  /** The action of an op with this body; null when the body does not fit or no permission is needed. */
  actionOf(entity: Entity | undefined, op: Op): Action | null
  judge(context: DecisionContext, entity: Entity | undefined, op: Op, permit: Permit): Refusal | null
  fold(entity: Entity | undefined, op: Op, applied: Applied): Entity | undefined
  mayNotify(op: Op): boolean
  notices(op: Op, before: BeforeOp<unknown>): readonly NoticeCall[]
  adds(op: Op): readonly string[]
  webhookEvents(op: Op): readonly WebhookEvent[]
}

/** The definition of a kind in the table, with the state type erased. Its functions take entities of that kind only. */
export type EntityRules<Kind extends EntityKind = EntityKind> = {
  kind: Kind
  scope: ScopeRule
  isId(id: string): boolean
  indexKeys(entity: Entity): IndexKeys
  /** Null for kinds that are not searched. */
  searchableTexts(entity: Entity): string[] | null
  freeTextFields: readonly string[]
  restoringOp(entity: Entity, field: string, text: string, written: Readonly<Record<string, unknown>>): RestoringOp | null
  noticeHolds(after: Entity | undefined, rule: NoticeRule, recipient: string, params: NoticeMade['params']): boolean
}

/** A declared kind: its definition, typed reads of its entities, and the declaration of its ops. */
export type EntityType<Kind extends EntityKind, State> = EntityRules<Kind> & {
  /** @returns the entity of this kind with that id as the reader sees it, or undefined */
  read(from: EntityReader, id: string): Entity<State> | undefined
  /** @returns the entity with its state typed, or undefined when it is of another kind */
  as(entity: Entity | undefined): Entity<State> | undefined
  /**
   * Declares an op type of this kind.
   * @returns the type for `features.ts`; `judge` refuses a body that does not fit, `fold` ignores it
   */
  op<Schema extends z.ZodType>(type: string, definition: OpDefinition<Kind, z.output<Schema>, State> & { body: Schema }): OpType<Kind>
}

/** A kind for code that reads its rows: its name and its state type. */
export type ReadKind<State> = Pick<EntityType<EntityKind, State>, 'kind' | 'as'>

/** Maximum recorded length of the reason why a body does not fit; it may quote the author's text. */
const DETAIL_LENGTH = 500

function malformed(error: z.ZodError): Refusal {
  const detail = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  return refuse('malformed', { detail: detail.slice(0, DETAIL_LENGTH) })
}

/** The kind of an entity determines its state type, because only op types of that kind write it. All casts of erased types are here. */
function typed<State>(entity: Entity): Entity<State>
function typed<State>(entity: Entity | undefined): Entity<State> | undefined
function typed<State>(entity: Entity | undefined): Entity<State> | undefined {
  return entity as Entity<State> | undefined
}

function defineOp<Kind extends EntityKind, Schema extends z.ZodType, State>(
  kind: Kind,
  scope: ScopeRule,
  type: string,
  definition: OpDefinition<Kind, z.output<Schema>, State> & { body: Schema },
): OpType<Kind> {
  type Body = z.output<Schema>
  const { version, body: schema, action, expects, notifies, webhook } = definition
  const actionFor = (body: Body, entity: Entity | undefined): Action | null => {
    if (action === 'admission' || action === 'private') return null
    return typeof action === 'function' ? action(body, typed<State>(entity)) : action
  }
  const oddIdIn = oddIdFinder(schema)
  const bodyOf = (op: Op) => op.body as Body
  return {
    type,
    version,
    kind,
    scope,
    body: schema,
    expects,
    fits: (op) => schema.safeParse(op.body).success && oddIdIn(op.body) === null,
    actionOf(entity, op) {
      const body = schema.safeParse(op.body)
      return body.success ? actionFor(body.data, entity) : null
    },
    judge(context, entity, op, permit) {
      const body = schema.safeParse(op.body)
      if (!body.success) return malformed(body.error)
      const odd = oddIdIn(op.body)
      if (odd !== null) return refuse('malformed', { detail: odd })
      const known = typed<State>(entity)
      const asked = actionFor(body.data, entity)
      if (asked !== null) {
        const refusal = permit(asked, known ? (definition.own?.(known, context, body.data) ?? false) : null)
        if (refusal) return refusal
      }
      return definition.decide?.(context, known, body.data, op) ?? null
    },
    fold(entity, op, applied) {
      const body = schema.safeParse(op.body)
      return body.success ? definition.fold(typed<State>(entity), body.data, applied, op) : entity
    },
    mayNotify: (op) => notifies?.may(bodyOf(op)) ?? false,
    notices: (op, before) => notifies?.calls(bodyOf(op), before as BeforeOp<State>) ?? [],
    adds: (op) => definition.adds?.(bodyOf(op)) ?? [],
    webhookEvents: (op) => (typeof webhook === 'function' ? webhook(bodyOf(op)) : webhook === null ? [] : [webhook]),
  }
}

/**
 * Declares a kind of entity: `defineEntity<TaskState>()({ kind: 'task', … })`. The first call takes the state type, so that
 * the second can infer the kind.
 */
export function defineEntity<State>() {
  return <Kind extends EntityKind>(definition: EntityDefinition<Kind, State>): EntityType<Kind, State> => {
    const { kind, scope, isId, freeTexts } = definition
    return {
      kind,
      scope,
      isId: isId === 'uuid' ? isUuid : isId,
      indexKeys: (entity) => ({ ...NO_KEYS, ...definition.indexKeys?.(typed<State>(entity).state) }),
      searchableTexts: (entity) =>
        definition.searchable?.(typed<State>(entity).state).filter((text): text is string => text !== undefined) ?? null,
      freeTextFields: freeTexts?.fields ?? [],
      restoringOp: (entity, field, text, written) =>
        freeTexts?.fields.some((one) => one === field) ? freeTexts.restore(typed<State>(entity).state, field, text, written) : null,
      noticeHolds: (after, rule, recipient, params) =>
        definition.noticeHolds[rule]?.(typed<State>(after)?.state, recipient, params) ?? true,
      read: (from, id) => typed<State>(from.read(kind, id)),
      as: (entity) => (entity?.kind === kind ? typed<State>(entity) : undefined),
      op: (type, opDefinition) => defineOp(kind, scope, type, opDefinition),
    }
  }
}
