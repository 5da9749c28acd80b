import { CONSOLE_LISTS } from '#tests/web/console/console-lists.ts'
import { fileProblemCodes, rowProblemCodes, valueProblemCodes } from '#replica/tables/table-problem.ts'
import { ReadingOptions, ROW_MEANING_CODES } from '#contract/import-api.ts'
import { IncidentRevise } from '#domain/incidents/incident-ops.ts'
import { FREE_TEXT_FIELDS } from '#domain/texts/free-texts.ts'
import { FIRST_STEPS } from '../../src/renderer/features/timeline/room/first-steps.ts'
import { ROOM_TABS } from '../../src/renderer/features/room/room-tabs.ts'
import { SIDE_TABS } from '../../src/renderer/features/timeline/room/side-tabs.ts'
import { NAV_GROUPS, NAV_ITEMS } from '../../src/renderer/app/nav-items.ts'
import { SETTINGS_PAGES } from '../../src/renderer/app/settings/settings-pages.ts'
import { EVIDENCE_LOCATIONS } from '../../src/renderer/features/timeline/evidence/evidence-location.ts'
import { ALIGNMENTS, SPANS } from '../../src/renderer/features/compare/alignment.ts'
import { PLAN_PROBLEMS } from '../../src/renderer/features/plans/editor/draft-problems.ts'
import { DIFFERENCE_FIELDS } from '../../src/renderer/features/plans/plan-difference.ts'
import { NUMBERS_ROLES, TIMELINE_ROLES } from '../../src/renderer/features/imports/mapping-draft.ts'
import { NUMBER_PRESETS } from '../../src/renderer/features/risk/numbers/number-presets.ts'
import { TASK_FILTERS } from '#contract/task-api.ts'
import { DEMO_POSITIONS, DEMO_SPEEDS } from '#contract/demo-api.ts'
import { CLOCK_MARKS } from '#contract/timeline-api.ts'
import type { WorkspaceLock } from '#contract/workspace-api.ts'
import { ACCESS_KINDS } from '#contract/team-api.ts'
import { LINK_REFUSALS } from '#contract/hub-link.ts'
import { LINK_TROUBLES } from '#contract/link-trouble.ts'
import { CONTACT_COLUMNS, CONTACT_ROW_PROBLEMS } from '#contract/contact-api.ts'
import { ADDRESS_PROBLEMS, CHANNEL_KINDS } from '#domain/contacts/channel-address.ts'
import { CHANNEL_LABELS, PROOFS } from '#domain/contacts/contact.ts'
import { FailureCode } from '#contract/failures.ts'
import { ExportEntries, ExportFormat, ExportPart } from '#contract/file-api.ts'
import { NOTE_CLOSINGS } from '#domain/wording/draft-note.ts'
import { PROMISE_SOURCES } from '#contract/promise-api.ts'
import { CADENCES } from '#domain/bulletins/bulletin-slots.ts'
import { BULLETIN_CHANGES, LEFT_OUT } from '#domain/bulletins/bulletin.ts'
import { BULLETIN_PARTS } from '../../src/renderer/features/bulletins/text-part.ts'
import { PROMISE_STATES } from '#domain/promises/promise.ts'
import { USE_MEASURES } from '../../src/renderer/features/risk/use/use-curves.ts'
import { TERM_FAULTS } from '../../src/renderer/features/wording/checks/checks-draft.ts'
import { DELEGATION_ENDS } from '../../src/renderer/features/wording/policy/delegation-times.ts'
import { PROMISE_ACTS } from '../../src/renderer/features/wording/promises/promise-acts.ts'
import { WORDING_STATUSES } from '#contract/wording-api.ts'
import { WORDING_COLUMNS, WORDING_ROW_PROBLEMS, WordingFileFormat } from '#contract/wording-file-api.ts'
import { AUDIENCES, BLOCK_KINDS, WORDING_CHANNELS } from '#domain/wording/content.ts'
import { FINDING_KINDS } from '#domain/wording/text/checks/rule.ts'
import { KNOWN_VARIABLES } from '#domain/wording/text/variables.ts'
import { EMOTIONS, STATEMENT_KINDS, WORDING_KINDS, WordingLanguage } from '#domain/wording/wording.ts'
import { TEXT_PARTS } from '../../src/renderer/features/wording/wording-address.ts'
import { ADD_REFUSALS, STANDINGS } from '#contract/agents-api.ts'
import { URGENCIES } from '#domain/wording/delivery.ts'
import { LINE_PROBLEMS } from '../../src/renderer/features/agents/settings/agent-lines.ts'
import { CLOCK_IDS } from '#domain/incidents/clocks.ts'
import { FOLLOW_REASONS } from '#domain/incidents/followers.ts'
import { INCIDENT_TYPE_IDS } from '#domain/incidents/incident-types.ts'
import { INCIDENT_STATUSES, STAGES } from '#domain/incidents/incident.ts'
import { PHASES } from '#domain/incidents/phases.ts'
import { INDICATOR_IDS } from '#domain/incidents/escalation-indicators.ts'
import { MEMBER_ROLES } from '#domain/members/member.ts'
import { NOTICE_ENDS } from '#domain/moments/notice-over.ts'
import { ACTION_GROUPS, ACTIONS } from '#domain/permissions/matrix.ts'
import { PERSONAL_KINDS } from '#domain/privacy/personal-scan.ts'
import { REVEAL_REASONS, REVEALED_KINDS } from '#domain/privacy/reveal.ts'
import { AssessmentRecord } from '#domain/risk/assessment-ops.ts'
import { CURVE_KINDS } from '#domain/risk/curves.ts'
import { RiskInputs } from '#domain/risk/risk.ts'
import { SERIES_METRICS, SERIES_READINGS } from '#domain/series/series.ts'
import { LAYERS } from '#domain/people/assignment.ts'
import { TASK_STATES } from '#domain/tasks/task.ts'
import { ENTRY_KINDS, LINK_RELATIONS, TURNING_POINTS } from '#domain/timeline/entry.ts'

const CLOCK_CHANGES = ['stop', 'reopen'] as const

const LOCKS: readonly WorkspaceLock['reason'][] = ['lease-over', 'member-revoked', 'contract-ended', 'session-revoked', 'session-unknown']

const LEVELS = ['1', '2', '3'] as const

const RISK_FIGURES = Object.keys(RiskInputs.shape)

const WRITABLE_KINDS = ENTRY_KINDS.filter((kind) => kind !== 'system')

/**
 * The values of `*` in keys that the code composes, as `namespace:key`. Every value must have a text, and there may be no text
 * for any other value.
 */
export const CLOSED_LISTS: Record<string, readonly string[]> = {
  'notices:over.*': ['past', ...NOTICE_ENDS],
  'notices:follow.why.*': [...FOLLOW_REASONS, 'place'],
  'contacts:kind.*': CHANNEL_KINDS,
  'contacts:example.*': CHANNEL_KINDS,
  'contacts:how.*': PROOFS,
  'contacts:label.*': CHANNEL_LABELS,
  'contacts:problem.*': ADDRESS_PROBLEMS,
  'contacts:column.*': CONTACT_COLUMNS,
  'contacts:outcome.*': ['add', 'extend', 'removed', 'same'],
  'contacts:rowProblem.*': CONTACT_ROW_PROBLEMS,
  'contacts:unknownWord.*': ['department', 'layer'],
  'failures:*': FailureCode.options,
  'workspace:firstRun.title.*': ['here', 'join', 'signIn'],
  'workspace:firstRun.door.*': ['here', 'join', 'signIn'],
  'workspace:firstRun.doorText.*': ['here', 'join', 'signIn'],
  'team:lock.title.*': LOCKS,
  'team:lock.text.*': LOCKS,
  'team:lock.againText.*': ['lease-over', 'turned-away'],
  'team:lock.codeText.*': ['session-revoked', 'session-unknown'],
  'frame:sync.*': ['lost', 'missing', 'attention', 'stopped', 'lease', 'away', 'pending', 'synced'],
  'frame:sync.*Long': ['lost', 'missing', 'attention', 'stopped', 'lease', 'away', 'pending', 'synced'],
  'frame:sync.refused.*': LINK_REFUSALS,
  'frame:sync.trouble.*': LINK_TROUBLES,
  'team:access.kind.*': ACCESS_KINDS,
  'personal:reason.*': REVEAL_REASONS,
  'personal:kind.*': REVEALED_KINDS,
  'personal:hint.kind.*': PERSONAL_KINDS,
  'team:about.engine.*': ['sqlite', 'postgres'],
  'team:invites.states.*': ['open', 'expired', 'withdrawn'],
  'rules:hours.*': ['leaseHours', 'authorityHours'],
  'rules:hours.*Hint': ['leaseHours', 'authorityHours'],
  'timeline:evidence.location.*': EVIDENCE_LOCATIONS,
  'team:presence.doing.*': ['correcting', 'commenting'],
  'team:vendor.*': ['from', 'until'],
  'people:layer.*': LAYERS,
  'team:account.length.*': ['short', 'enough', 'long'],
  'team:account.fault.*': ['nameMissing', 'nameLong', 'loginMissing', 'loginSpaces', 'passwordMissing', 'passwordShort', 'deviceMissing'],
  'wall:layer.*': LAYERS,
  'compare:side.*': ['a', 'b'],
  'compare:align.*': ALIGNMENTS,
  'compare:spans.*': SPANS,
  'compare:scales.*': ['figures', 'own-peak'],
  'compare:phaseName.*': PHASES.map((phase) => phase.id),
  'compare:phase.*': PHASES.map((phase) => phase.id),
  'demo:place.*': DEMO_POSITIONS,
  'demo:pace.*': Object.keys(DEMO_SPEEDS),
  'wall:tally.*': ['inTime', 'late', 'stopped', 'unmet'],
  'ui:span.*': ['day', 'hour', 'minute', 'second'],
  'timeline:first.*': FIRST_STEPS,
  'terms:text.*': [...FREE_TEXT_FIELDS, 'text'],
  'timeline:strip.clock.*': CLOCK_MARKS,
  'terms:*.*': [
    ...LEVELS.map((one) => `level.${one}`),
    ...STAGES.map((one) => `stage.${one}`),
    ...CLOCK_IDS.map((one) => `clock.${one}`),
    ...MEMBER_ROLES.map((one) => `role.${one}`),
    ...INCIDENT_STATUSES.map((one) => `status.${one}`),
  ],
  'terms:level.*': LEVELS,
  'terms:risk.*': LEVELS,
  'terms:levelMeaning.*': LEVELS,
  'terms:stage.*': STAGES,
  'terms:stageSign.*': STAGES,
  'terms:type.*': INCIDENT_TYPE_IDS,
  'terms:typeExample.*': INCIDENT_TYPE_IDS,
  'terms:difficulty.*': ['medium', 'high'],
  'terms:role.*': MEMBER_ROLES,
  'terms:roleDuty.*': MEMBER_ROLES,
  'terms:party.*': ['house', 'vendor', 'owner', 'author'],
  'terms:clock.*': CLOCK_IDS,
  'terms:clockMeaning.*': CLOCK_IDS,
  'terms:kind.*': ENTRY_KINDS,
  'terms:turningPoint.*': TURNING_POINTS,
  'terms:metric.*': SERIES_METRICS,
  'terms:reading.*': SERIES_READINGS,
  'ui:evidence.*': ['known', 'fresh', 'all'],
  'ui:evidence.*Short': ['known', 'fresh', 'all'],
  'risk:withheld.*': ['none', 'short', 'few', 'from-nothing'],
  'imports:figures.*': [...SERIES_READINGS, 'falls', 'neverFalls', 'overHundred'],
  'terms:mode.*': ['real', 'drill', 'historical'],
  'terms:status.*': INCIDENT_STATUSES,
  'command:status.act.*': INCIDENT_STATUSES,
  'command:status.meaning.*': INCIDENT_STATUSES,
  'command:sign.*': INDICATOR_IDS,
  'command:signWhy.*': INDICATOR_IDS,
  'timeline:events.risk-*': ['confirmed', 'refused', 'noted'],
  'terms:grade.*': ['1', '2', '3', '4', '5'],
  'timeline:side.*': SIDE_TABS,
  'room:tab.*': ROOM_TABS.map(({ id }) => id),
  'frame:place.*': NAV_ITEMS.map(({ id }) => id),
  'frame:group.*': NAV_GROUPS.filter((group) => group !== 'dashboard' && group !== 'foot'),
  'frame:settings.*': [...SETTINGS_PAGES.map(({ id }) => id), 'label'],
  'frame:palette.act.*': ['hand-over', 'level', 'status', 'export'],
  'frame:theme.*': ['auto', 'light', 'dark'],
  'frame:commands.language.*': ['zh-Hans', 'en'],
  'incidents:fault.*': ['titleMissing', 'titleLong', 'typeMissing', 'levelMissing', 'knownLong', 'declaredAtMissing'],
  'incidents:filter.*': ['running', 'all'],
  'incidents:waiting.*': ['review', 'reading', 'clock', 'task', 'promise', 'risk'],
  'incidents:filter.drills-*': ['with', 'without', 'only'],
  'workspace:me.*': ['nameMissing', 'nameLong'],
  'workspace:firstRun.*': ['demo', 'join'],
  'workspace:firstRun.*Text': ['demo', 'join'],
  'workspace:restore.reason.*': ['hourly', 'start', 'asked', 'before-restore'],
  'workspace:restore.soundness.*': ['sound', 'unsound', 'unchecked'],
  'workspace:trouble.*.title': ['damaged', 'newer-version', 'read-only'],
  'workspace:trouble.*.text': ['damaged', 'newer-version', 'read-only'],
  'workspace:verify.fault.*': ['gap', 'hash', 'scope', 'mismatch', 'state', 'hub'],
  'timeline:kindHints.*': WRITABLE_KINDS,
  'timeline:turningPointHints.*': TURNING_POINTS,
  'timeline:clocks.*Title': CLOCK_CHANGES,
  'timeline:clocks.*Note': CLOCK_CHANGES,
  'timeline:clocks.*Reason': CLOCK_CHANGES,
  'timeline:clocks.*Act': CLOCK_CHANGES,
  'timeline:problems.*-reason-missing': CLOCK_CHANGES,
  'timeline:relations.to.*': LINK_RELATIONS,
  'timeline:relations.*.*': ['to', 'from'].flatMap((direction) => LINK_RELATIONS.map((relation) => `${direction}.${relation}`)),
  'timeline:fields.*': Object.keys(IncidentRevise.shape),
  'timeline:problems.*': [
    'text-missing',
    'text-too-long',
    'reason-missing',
    'decided-by-missing',
    'turning-point-missing',
    'correction-reason-missing',
    'reopen-reason-missing',
    'stop-reason-missing',
    'when-unreadable',
  ],
  'risk:figure.*': RISK_FIGURES,
  'risk:unit.*': RISK_FIGURES,
  'risk:value.*': RISK_FIGURES,
  'risk:ask.*': RISK_FIGURES,
  'risk:page.ranges.*': ['6', '24', '72', 'all'],
  'risk:curve.kind.*': CURVE_KINDS,
  'risk:threshold.*': ['growth', 'enquiries', 'share', 'media', 'acceleration'],
  'risk:history.verdict.*': AssessmentRecord.shape.verdict.options,
  'risk:preset.*.name': NUMBER_PRESETS.map(({ id }) => id),
  'risk:preset.*.unit': NUMBER_PRESETS.map(({ id }) => id),
  'risk:reading.*': SERIES_READINGS,
  'risk:readingHint.*': SERIES_READINGS,
  'tasks:state.*': TASK_STATES,
  'tasks:moved.*': TASK_STATES,
  'tasks:step.*': ['todo', 'doing', 'done'],
  'tasks:preset.*': ['30', '120', '1440'],
  'tasks:filter.*': TASK_FILTERS,
  'tasks:none.*': TASK_FILTERS,
  'bulletins:change.*': BULLETIN_CHANGES,
  'bulletins:field.*': BULLETIN_PARTS,
  'bulletins:left.*': LEFT_OUT,
  'bulletins:plan.every.*': CADENCES.map(String),
  'promises:act.*': PROMISE_ACTS,
  'promises:dialog.*.title': PROMISE_ACTS,
  'promises:dialog.*.act': PROMISE_ACTS,
  'promises:source.*': PROMISE_SOURCES.filter((source) => source !== 'in-use'),
  'promises:state.*': PROMISE_STATES.filter((state) => state !== 'open'),
  'wording:delegate.preset.*': DELEGATION_ENDS,
  'wording:status.*': WORDING_STATUSES,
  'wording:approvalStatus.*': ['draft', 'in-review', 'approved', 'rejected'],
  'agents:urgency.*': URGENCIES,
  'wording:feedback.*': ['opened', 'copied', 'worked', 'objected'],
  'risk:use.*': USE_MEASURES,
  'agents:standing.*': STANDINGS,
  'agents:urgencyMeaning.*': URGENCIES,
  'agents:groups.*': ['name', 'vendor', 'team', 'skill'],
  'agents:agents.*': ['change', 'reset', 'end', 'giveBack', 'free'],
  'agents:agents.*Of': ['change', 'reset', 'end', 'giveBack', 'free'],
  'agents:wanted.*': ['free', 'keep'],
  'agents:wanted.*Of': ['free', 'keep'],
  'agents:line.*': LINE_PROBLEMS,
  'agents:refused.*': ADD_REFUSALS,
  'wording:kind.*': WORDING_KINDS,
  'wording:statement.*': STATEMENT_KINDS,
  'wording:emotion.*': EMOTIONS,
  'wording:language.*': WordingLanguage.options,
  'wording:variable.*': KNOWN_VARIABLES,
  'wording:fact.*': ['number', 'date', 'time', 'phone'],
  'wording:part.*': ['title', 'core', ...BLOCK_KINDS, 'action', 'owner', 'deadline', 'ask', 'answer', 'variant'],
  'wording:page.*': TEXT_PARTS,
  'wording:difference.*': ['added', 'removed', 'changed'],
  'wording-editor:kind.*': BLOCK_KINDS,
  'wording-editor:audience.*': AUDIENCES,
  'wording-editor:channel.*': WORDING_CHANNELS,
  'wording-editor:*.*': [
    ...BLOCK_KINDS.map((one) => `kind.${one}`),
    ...AUDIENCES.map((one) => `audience.${one}`),
    ...WORDING_CHANNELS.map((one) => `channel.${one}`),
  ],
  'wording-editor:list.*': ['blocks', 'objections', 'variants'],
  'wording-editor:hint.*': ['blocks', 'objections', 'variants'],
  'wording-editor:one.*': ['objections', 'variants'],
  'wording-editor:add.*': ['blocks', 'objections', 'variants'],
  'wording-editor:field.*': ['text', 'action', 'owner', 'deadline', 'ask', 'answer'],
  'wording-editor:placeholder.*': [...BLOCK_KINDS, 'action', 'owner', 'deadline', 'ask', 'answer'],
  'wording-editor:choice.*': ['kind', 'audience', 'channel'],
  'wording-editor:length.*': ['character', 'segment', 'second'],
  'wording-editor:notes.how.*': NOTE_CLOSINGS,
  'wording-editor:severity.*': ['block', 'warn', 'hint'],
  'wording-checks:kind.*': FINDING_KINDS,
  'wording-checks:fault.*': TERM_FAULTS,
  'wording-starter:emotion.*': EMOTIONS,
  'wording-files:format.*': WordingFileFormat.options,
  'wording-files:outcome.*': ['add', 'overwrite', 'revise', 'same'],
  'wording-files:problem.*': WORDING_ROW_PROBLEMS,
  'wording-files:column.*': WORDING_COLUMNS,
  'plans:origin.*': ['shipped', 'changed', 'own'],
  'plans:compare.*': ['added', 'removed', 'changed'],
  'plans:compare.what.*': ['plan', 'phase', 'task'],
  'plans:compare.field.*': DIFFERENCE_FIELDS,
  'plans:field.*': ['fromHour', 'toHour'],
  'plans:problem.*': PLAN_PROBLEMS,
  'search:what.*': ['incident', 'series', 'entry'],
  'imports:dateOrder.*': ReadingOptions.shape.dateOrder.unwrap().options,
  'imports:role.*': [...TIMELINE_ROLES, ...NUMBERS_ROLES],
  'imports:gap.*': [
    'time-missing',
    'text-missing',
    'too-many-texts',
    'value-missing',
    'too-many-values',
    'name-missing',
    'reading-missing',
  ],
  'imports:check.*': ['reading', 'writing'],
  'imports:history.*.*': ['complete', 'undone'].flatMap((phase) => ['timeline', 'numbers'].map((target) => `${phase}.${target}`)),
  'imports:table.*': fileProblemCodes,
  'imports:row.*': [...rowProblemCodes, ...valueProblemCodes, ...ROW_MEANING_CODES],
  'permissions:does.*': ACTIONS,
  'permissions:group.*': ACTION_GROUPS,
  'permissions:cell.*': ['any', 'own', 'no'],
  'permissions:view.*': ['all', 'mine'],
  'exports:format.*': ExportFormat.options,
  'exports:use.*': ExportFormat.options,
  'exports:entries.*': ExportEntries.options,
  'exports:part.*': ExportPart.options,
  ...CONSOLE_LISTS,
}
