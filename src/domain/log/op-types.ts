import { CONTACT_OPS } from '../contacts/contact-ops.ts'
import { IMPORT_OPS } from '../imports/import-ops.ts'
import { INCIDENT_COMMAND_OPS } from '../incidents/command-ops.ts'
import { INCIDENT_AUTHORITY_OPS } from '../incidents/authority-ops.ts'
import { INCIDENT_RESTRICT_OPS } from '../incidents/restrict-ops.ts'
import { INCIDENT_OPS } from '../incidents/incident-ops.ts'
import { FOLLOW_OPS } from '../incidents/follow-ops.ts'
import { MEMBER_OPS } from '../members/member-ops.ts'
import { NOTICE_OPS } from '../notices/notice-ops.ts'
import { ASSIGNMENT_OPS } from '../people/assignment-ops.ts'
import { PLAN_OPS } from '../plans/plan-ops.ts'
import { REVEAL_OPS } from '../privacy/reveal-ops.ts'
import { RISK_OPS } from '../risk/assessment-ops.ts'
import { RULES_OPS } from '../rules/team-rules.ts'
import { SERIES_OPS } from '../series/series-ops.ts'
import { TASK_OPS } from '../tasks/task-ops.ts'
import { ENTRY_OPS } from '../timeline/entry-ops.ts'
import type { OpType } from './op-type.ts'

const ALL: readonly OpType[] = [
  ...MEMBER_OPS,
  ...INCIDENT_OPS,
  ...INCIDENT_COMMAND_OPS,
  ...INCIDENT_RESTRICT_OPS,
  ...INCIDENT_AUTHORITY_OPS,
  ...FOLLOW_OPS,
  ...ENTRY_OPS,
  ...IMPORT_OPS,
  ...SERIES_OPS,
  ...TASK_OPS,
  ...PLAN_OPS,
  ...ASSIGNMENT_OPS,
  ...RISK_OPS,
  ...RULES_OPS,
  ...CONTACT_OPS,
  ...NOTICE_OPS,
  ...REVEAL_OPS,
]

const BY_NAME = new Map(ALL.map((type) => [`${type.type}@${type.version}`, type]))

/** Every op type this version knows, as `type@version`. */
export const KNOWN_OP_TYPES: readonly string[] = [...BY_NAME.keys()]

/** The op type of that name and version, or undefined for one written by a newer version. */
export function findOpType(type: string, version: number): OpType | undefined {
  return BY_NAME.get(`${type}@${version}`)
}
