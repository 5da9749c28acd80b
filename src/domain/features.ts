import { BULLETIN, BULLETIN_PLAN } from './bulletins/bulletin-entity.ts'
import { BULLETIN_OPS, BULLETIN_PLAN_OPS } from './bulletins/bulletin-ops.ts'
import { AGENT_GROUP } from './agents/agent-group-entity.ts'
import { AGENT_GROUP_OPS } from './agents/agent-group-ops.ts'
import { INCIDENT_CLOCK_OPS } from './clocks/clock-ops.ts'
import { CONTACT } from './contacts/contact-entity.ts'
import { CONTACT_OPS } from './contacts/contact-ops.ts'
import type { EntityRules, OpType } from './define-entity.ts'
import type { EntityKind } from './entity-kinds.ts'
import { IMPORT } from './imports/import-entity.ts'
import { IMPORT_OPS } from './imports/import-ops.ts'
import { INCIDENT_AUTHORITY_OPS } from './permissions/authority-ops.ts'
import { INCIDENT_COMMAND_OPS } from './incidents/command-ops.ts'
import { FOLLOW_OPS } from './incidents/follow-ops.ts'
import { FOLLOWERS } from './incidents/followers-entity.ts'
import { INCIDENT } from './incidents/incident-entity.ts'
import { INCIDENT_OPS } from './incidents/incident-ops.ts'
import { INCIDENT_RESTRICT_OPS } from './incidents/restrict-ops.ts'
import { MEMBER } from './members/member-entity.ts'
import { MEMBER_OPS } from './members/member-ops.ts'
import { NOTICE } from './notices/notice-entity.ts'
import { NOTICE_OPS } from './notices/notice-ops.ts'
import { ASSIGNMENT } from './people/assignment-entity.ts'
import { ASSIGNMENT_OPS } from './people/assignment-ops.ts'
import { PLAN } from './plans/plan-entity.ts'
import { PLAN_OPS } from './plans/plan-ops.ts'
import { PROMISE } from './promises/promise-entity.ts'
import { PROMISE_OPS } from './promises/promise-ops.ts'
import { REVEAL } from './privacy/reveal-entity.ts'
import { REVEAL_OPS } from './privacy/reveal-ops.ts'
import { ASSESSMENT, ASSESSMENT_OPS, DISMISSED, DISMISSED_OPS } from './risk/assessment-ops.ts'
import { RULES, RULES_OPS } from './rules/team-rules.ts'
import { POINTS, SERIES } from './series/series-entity.ts'
import { POINTS_OPS, SERIES_OPS } from './series/series-ops.ts'
import { TASK } from './tasks/task-entity.ts'
import { TASK_OPS } from './tasks/task-ops.ts'
import { ENTRY } from './timeline/entry-entity.ts'
import { ENTRY_OPS } from './timeline/entry-ops.ts'
import { DRAFT_NOTE_OPS } from './wording/draft-note-ops.ts'
import { DRAFT_OPS } from './wording/draft-ops.ts'
import { REVISION_OPS } from './wording/revision-ops.ts'
import { DRAFT_NOTE, REVISION, WORDING, WORDING_DRAFT, WORDING_VALUES } from './wording/wording-entity.ts'
import { VALUES_OPS, WORDING_OPS } from './wording/wording-ops.ts'

type Feature<Kind extends EntityKind> = { entity: EntityRules<Kind>; ops: readonly OpType<Kind>[] }

/** Every entity kind with its ops. Stores, the hub and the screens derive their tables from this list. */
const FEATURES: { readonly [Kind in EntityKind]: Feature<Kind> } = {
  member: { entity: MEMBER, ops: MEMBER_OPS },
  incident: {
    entity: INCIDENT,
    ops: [...INCIDENT_OPS, ...INCIDENT_CLOCK_OPS, ...INCIDENT_COMMAND_OPS, ...INCIDENT_RESTRICT_OPS, ...INCIDENT_AUTHORITY_OPS],
  },
  followers: { entity: FOLLOWERS, ops: FOLLOW_OPS },
  entry: { entity: ENTRY, ops: ENTRY_OPS },
  import: { entity: IMPORT, ops: IMPORT_OPS },
  series: { entity: SERIES, ops: SERIES_OPS },
  points: { entity: POINTS, ops: POINTS_OPS },
  task: { entity: TASK, ops: TASK_OPS },
  plan: { entity: PLAN, ops: PLAN_OPS },
  assignment: { entity: ASSIGNMENT, ops: ASSIGNMENT_OPS },
  assessment: { entity: ASSESSMENT, ops: ASSESSMENT_OPS },
  'dismissed-suggestion': { entity: DISMISSED, ops: DISMISSED_OPS },
  contact: { entity: CONTACT, ops: CONTACT_OPS },
  wording: { entity: WORDING, ops: WORDING_OPS },
  revision: { entity: REVISION, ops: REVISION_OPS },
  'wording-draft': { entity: WORDING_DRAFT, ops: DRAFT_OPS },
  'wording-values': { entity: WORDING_VALUES, ops: VALUES_OPS },
  'draft-note': { entity: DRAFT_NOTE, ops: DRAFT_NOTE_OPS },
  promise: { entity: PROMISE, ops: PROMISE_OPS },
  bulletin: { entity: BULLETIN, ops: BULLETIN_OPS },
  'bulletin-plan': { entity: BULLETIN_PLAN, ops: BULLETIN_PLAN_OPS },
  'agent-group': { entity: AGENT_GROUP, ops: AGENT_GROUP_OPS },
  rules: { entity: RULES, ops: RULES_OPS },
  notice: { entity: NOTICE, ops: NOTICE_OPS },
  reveal: { entity: REVEAL, ops: REVEAL_OPS },
}

const ENTITIES: ReadonlyMap<string, EntityRules> = new Map(Object.values(FEATURES).map(({ entity }) => [entity.kind, entity]))

const OP_TYPES: ReadonlyMap<string, OpType> = new Map(
  Object.values(FEATURES).flatMap(({ ops }) => ops.map((type): [string, OpType] => [`${type.type}@${type.version}`, type])),
)

/** The definition of a kind, or undefined for a kind of a newer version. */
export function findEntityRules(kind: string): EntityRules | undefined {
  return ENTITIES.get(kind)
}

/** Every op type this version knows, as `type@version`. */
export const KNOWN_OP_TYPES: readonly string[] = [...OP_TYPES.keys()]

/** The op type of that name and version, or undefined for one of a newer version. */
export function findOpType(type: string, version: number): OpType | undefined {
  return OP_TYPES.get(`${type}@${version}`)
}
