import { draftNoteService } from './services/draft-note-service.ts'
import { commandService } from './services/command-service.ts'
import { agentGroupService } from './services/agent-group-service.ts'
import { contactImportService } from './services/contact-import-service.ts'
import { contactService } from './services/contact-service.ts'
import { createEntryViews } from './services/entry-views.ts'
import { exportService } from './services/export-service.ts'
import { fileService } from './services/file-service.ts'
import { followingService } from './services/following.ts'
import { importService } from './services/import-service.ts'
import { incidentService } from './services/incident-service.ts'
import { noticeService } from './services/notice-service.ts'
import { overviewService } from './services/overview-service.ts'
import { peopleService } from './services/people-service.ts'
import { permissionService } from './services/permission-service.ts'
import { personalService } from './services/personal-service.ts'
import { planService } from './services/plan-service.ts'
import { bulletinService } from './services/bulletin-service.ts'
import { createPromiseViews, promiseService } from './services/promise-service.ts'
import { createRiskReader } from './services/risk-reader.ts'
import { riskService } from './services/risk-service.ts'
import { searchService } from './services/search-service.ts'
import { createSeriesReader } from './services/series-reader.ts'
import { createTaskPages } from './services/task-pages.ts'
import { taskService } from './services/task-service.ts'
import { createTaskViews } from './services/task-views.ts'
import { rulesService } from './services/team-rules.ts'
import { textService } from './services/text-service.ts'
import { timelineService } from './services/timeline-service.ts'
import { wordingFileService } from './services/wording-file-service.ts'
import { wordingService } from './services/wording-service.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { ServiceContext } from './context/service-context.ts'
import type { EvidenceFiles } from './evidence/evidence-files.ts'
import type { EvidenceSync } from './sync/evidence-sync.ts'
import type { ExportFiles } from './exports/export-files.ts'
import type { IncidentCache } from './services/incident-cache.ts'
import type { ImportParts } from './services/import-service.ts'
import type { TimelineList } from './services/timeline-list.ts'
import type { WholeLookUps } from './services/whole-look-ups.ts'

/** Calls of the contract that the replica handles; the workspace handles the rest. */
export type ReplicaHandlers = Omit<
  ApiHandlers,
  keyof ApiHandlers &
    (`workspace.${string}` | `demo.${string}` | `membership.${string}` | `members.${string}` | `team.${string}` | `agents.${string}`)
>

/** What the services are built on. */
export type ServiceParts = {
  context: ServiceContext
  list: TimelineList
  kept: IncidentCache
  lookUps: WholeLookUps
  files: EvidenceFiles
  exports: ExportFiles
  imports: ImportParts
  /** The name of this machine. */
  device: string
  /** The transfer of evidence to and from the hub, once the replica is connected. */
  evidence(): EvidenceSync | null
}

/** The services of every feature, a line for each. A call of the contract that no service handles does not compile. */
export function replicaServices(parts: ServiceParts): ReplicaHandlers {
  const { context, list, kept, lookUps, files, exports } = parts
  const series = createSeriesReader(context)
  const incidents = incidentService(context, series, kept)
  const tasks = createTaskViews(context)
  const people = peopleService(context)
  const risk = createRiskReader(context, series)
  const plans = planService(context)
  const riskHandlers = riskService(context, risk, series)
  return {
    ...incidents,
    ...timelineService(context, list, createEntryViews(context), files),
    ...fileService(context, files, parts.evidence),
    ...exportService(context, list, exports, { incidents, tasks, people, plans, risk: riskHandlers }),
    ...importService(context, parts.imports),
    ...searchService(context, lookUps),
    ...commandService(context, incidents, tasks, createPromiseViews(context), risk, list, kept),
    ...taskService(context, tasks, createTaskPages(context, tasks, kept)),
    ...people,
    ...plans,
    ...riskHandlers,
    ...rulesService(context),
    ...overviewService(context, { incidents, people, tasks, risk, series }),
    ...permissionService(context, incidents),
    ...noticeService(context),
    ...followingService(context),
    ...personalService(context, exports, parts.device),
    ...textService(context),
    ...contactService(context),
    ...agentGroupService(context),
    ...wordingService(context),
    ...bulletinService(context),
    ...wordingFileService(context, files, exports, parts.imports.tableWorker),
    ...promiseService(context),
    ...draftNoteService(context),
    ...contactImportService(context, files, parts.imports.tableWorker),
  }
}
