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

/** Whatever entities are read from: a store, or the context of a decision. */
export type EntityReader = { read(kind: string, id: string): Entity | undefined }

/** What a decision may look at. The hub gives canonical state; the replica, refusing early, gives what its user sees. */
export type DecisionContext = EntityReader & {
  actorId: string
  actor: MemberState | null
  /** Milliseconds since 1970: the hub's time at the hub, the device's own clock at the replica. */
  now: number
  /** What lets the actor join, where the actor is not a member yet. */
  admission: Admission
  /** Ops of the actor, accepted or certain to be, that an op names or stands beside. Left out: not that anybody knew. */
  acts?(op: Op): readonly Op[]
  /** When the actor revealed personal data lately, wherever: milliseconds since 1970. Left out: not that anybody knew. */
  reveals?(): readonly number[]
  /** True where the actor takes over a restricted incident that nobody in standing may read. */
  takesOver?: boolean
}

/** Texts that several people write into one field, and the op that puts one back into its field, all else staying as it is. */
type FreeTexts<State> = {
  fields: readonly (keyof State & string)[]
  restore(state: State, field: string, text: string): { type: string; body: Record<string, unknown> }
}

/** What an entity kind says about itself. Every field is stated; `null` says that there is nothing of the sort. */
type EntityDefinition<Kind extends EntityKind, State> = {
  kind: Kind
  /** In which scopes ops on it stand. */
  scope: ScopeRule
  /** Whether one may be called so. */
  isId: 'uuid' | ((id: string) => boolean)
  /** What its lists sort and filter by. */
  indexKeys: null | ((state: State) => Partial<IndexKeys>)
  /** The texts under whose words it is found. Each is masked for itself: a number does not reach from one into the next. */
  searchable: null | ((state: State) => readonly (string | undefined)[])
  freeTexts: FreeTexts<State> | null
  /** Whether it holds texts that may be revealed one at a time; what may be is a closed list, kept in every record of a reveal. */
  revealable: Kind extends RevealedKind ? true : false
  /**
   * Whether a notice still says what is so once its cause has been folded: a write that lost against a concurrent one has changed
   * nothing, and nobody is told of it. A rule that is left out always does.
   */
  noticeHolds: Partial<Record<NoticeRule, (state: State | undefined, recipient: string, params: NoticeMade['params']) => boolean>>
}

/** What stands before an op, for those who say whom it tells. */
export type BeforeOp<State> = { state: State | undefined; incident: IncidentState | undefined; followers(): string[] }

/** Whom an op tells. */
type Notifies<Body, State> = {
  /** Told without reading anything: most ops tell nobody, and the hub shall not look for followers because of them. */
  may(body: Body): boolean
  calls(body: Body, before: BeforeOp<State>): readonly NoticeCall[]
}

/** What an op type says about itself. `null` says that there is nothing of the sort. */
type OpDefinition<Kind extends EntityKind, Body, State> = {
  version: number
  /** What the permission matrix calls it; `admission` for joining, which no member does; `private` for what is only about oneself. */
  action: Action | 'admission' | 'private' | ((body: Body, entity: Entity<State> | undefined) => Action)
  /** Whether what it is done to is the actor's own, where the matrix asks. Left out: never. */
  own?(entity: Entity<State>, context: DecisionContext, body: Body): boolean
  /** Fields of the body that repeat what their author saw, each with the field of the state it was seen in. */
  expects: { [Field in keyof Body & string]?: keyof State & string } | null
  notifies: (Kind extends SubjectKind ? Notifies<Body, State> : never) | null
  /** Members that it makes one of those told of what comes after it. Left out: nobody. */
  adds?(body: Body): readonly string[]
  webhook: WebhookEvent | ((body: Body) => readonly WebhookEvent[]) | null
  /**
   * Judges the op once, on the state before it, after the matrix has permitted it. Facts without a condition leave it out.
   * @returns why it may not stand, or null
   */
  decide?(context: DecisionContext, entity: Entity<State> | undefined, body: Body, op: Op): Refusal | null
  /** Folds an accepted op. Total: what it cannot use changes nothing. */
  fold(entity: Entity<State> | undefined, body: Body, applied: Applied, op: Op): Entity<State> | undefined
}

/** Asks the matrix for the actor. `own` is null where the entity is not there. */
type Permit = (action: Action, own: boolean | null) => Refusal | null

/**
 * An op type with its body and state types closed over, so that those of all features stand in one table. What reads the body of
 * an op without judging it (`notices`, `adds`, `webhookEvents`) takes one that is `fit`.
 */
export type OpType<Kind extends EntityKind = EntityKind> = {
  type: string
  version: number
  kind: Kind
  scope: ScopeRule
  body: z.ZodType
  expects: Readonly<Record<string, string | undefined>> | null
  /** Whether the body fits and every id in it is one: until then nobody may read anything out of it. */
  fits(op: Op): boolean
  /** The action of an op with this body; null when the body does not fit, or nobody's permission is asked. */
  actionOf(entity: Entity | undefined, op: Op): Action | null
  judge(context: DecisionContext, entity: Entity | undefined, op: Op, permit: Permit): Refusal | null
  fold(entity: Entity | undefined, op: Op, applied: Applied): Entity | undefined
  mayNotify(op: Op): boolean
  notices(op: Op, before: BeforeOp<unknown>): readonly NoticeCall[]
  adds(op: Op): readonly string[]
  webhookEvents(op: Op): readonly WebhookEvent[]
}

/** What stands in the table of a kind, its state type closed over. The entities given are of that kind. */
export type EntityRules<Kind extends EntityKind = EntityKind> = {
  kind: Kind
  scope: ScopeRule
  isId(id: string): boolean
  indexKeys(entity: Entity): IndexKeys
  /** Null for what is not searched. */
  searchableTexts(entity: Entity): string[] | null
  freeTextFields: readonly string[]
  restoringOp(entity: Entity, field: string, text: string): { type: string; body: Record<string, unknown> } | null
  noticeHolds(after: Entity | undefined, rule: NoticeRule, recipient: string, params: NoticeMade['params']): boolean
}

/** A declared kind: what it says about itself, typed reads of its entities, and the declaration of its ops. */
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

/** A kind as those see it who read rows of it: its name, and its state by type. */
export type ReadKind<State> = Pick<EntityType<EntityKind, State>, 'kind' | 'as'>

/** What is recorded of why a body does not fit: the words of its author may stand in it. */
const DETAIL_LENGTH = 500

function malformed(error: z.ZodError): Refusal {
  const detail = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  return refuse('malformed', { detail: detail.slice(0, DETAIL_LENGTH) })
}

/** The kind of an entity fixes its state: only op types of that kind ever write it. All casts of erased types stand here. */
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
 * Declares a kind of entity: `defineEntity<TaskState>()({ kind: 'task', … })`. The first call takes the type of the state, so that
 * the second can find the kind by itself.
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
      restoringOp: (entity, field, text) =>
        freeTexts?.fields.some((one) => one === field) ? freeTexts.restore(typed<State>(entity).state, field, text) : null,
      noticeHolds: (after, rule, recipient, params) =>
        definition.noticeHolds[rule]?.(typed<State>(after)?.state, recipient, params) ?? true,
      read: (from, id) => typed<State>(from.read(kind, id)),
      as: (entity) => (entity?.kind === kind ? typed<State>(entity) : undefined),
      op: (type, opDefinition) => defineOp(kind, scope, type, opDefinition),
    }
  }
}
