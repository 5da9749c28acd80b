import { boardApi } from './board-api.ts'
import { contactApi } from './contact-api.ts'
import { demoApi } from './demo-api.ts'
import { exportApi, fileApi } from './file-api.ts'
import { importApi } from './import-api.ts'
import { incidentApi } from './incident-api.ts'
import { memberApi } from './member-api.ts'
import { noticeApi } from './notice-api.ts'
import type { HandlersOf, InputOf, OutputOf } from './procedure.ts'
import type { Result } from './failures.ts'
import { overviewApi } from './overview-api.ts'
import { permissionApi } from './permission-api.ts'
import { personalApi } from './personal-api.ts'
import { riskApi } from './risk-api.ts'
import { searchApi } from './search-api.ts'
import { workspaceApi } from './workspace-api.ts'
import { membershipApi, teamApi } from './team-api.ts'
import { textApi } from './text-api.ts'
import { timelineApi } from './timeline-api.ts'

/** The whole UI contract: every call a screen or a command can make of its replica. */
export const api = {
  ...workspaceApi,
  ...membershipApi,
  ...memberApi,
  ...teamApi,
  ...incidentApi,
  ...timelineApi,
  ...fileApi,
  ...exportApi,
  ...importApi,
  ...searchApi,
  ...boardApi,
  ...contactApi,
  ...riskApi,
  ...overviewApi,
  ...permissionApi,
  ...noticeApi,
  ...personalApi,
  ...textApi,
  ...demoApi,
}

export type Api = typeof api
export type CallName = keyof Api & string
export type ApiHandlers = HandlersOf<Api>
export type CallInput<Name extends CallName> = InputOf<Api[Name]>
export type CallOutput<Name extends CallName> = OutputOf<Api[Name]>

/**
 * What may have changed; a screen that shows one of these reads again. Never rows (architecture, "UI ↔ replica calls").
 * `incident:<id>` its state and clocks · `timeline:<id>` its entries · `imports:<id>` · `series:<id>` · `incidents` the list ·
 * `notices` what this member is told · `reveals:<id>` who saw personal data · `presence` who is here and where · `workspace` status, member, backups, sync · `job:<id>` progress of an import · `*` anything, read everything again.
 */
export type Topic =
  | '*'
  | 'incidents'
  | 'workspace'
  | 'presence'
  | 'notices'
  | 'plans'
  | 'contacts'
  | 'rules'
  | 'reveals'
  | `${'incident' | 'timeline' | 'imports' | 'series' | 'job' | 'tasks' | 'people' | 'risk' | 'reveals'}:${string}`

/** The one interface through which a screen reaches its replica, whichever transport carries it. */
export type ApiClient = {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>
  /** Calls back with topics that changed, coalesced; returns the way to stop. After a reconnect `onTopics` gets `['*']`: read everything again. */
  watch(onTopics: (topics: readonly Topic[]) => void): () => void
  /** Whether the replica can be reached now, and a notice when that changes. */
  connection(onChange: (connected: boolean) => void): () => void
}
