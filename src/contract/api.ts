import { agentGroupApi } from './agent-group-api.ts'
import { commandApi } from './command-api.ts'
import { contactApi } from './contact-api.ts'
import { demoApi } from './demo-api.ts'
import type { Result } from './failures.ts'
import { exportApi, fileApi } from './file-api.ts'
import { importApi } from './import-api.ts'
import { incidentApi } from './incident-api.ts'
import { memberApi } from './member-api.ts'
import { noticeApi } from './notice-api.ts'
import { overviewApi } from './overview-api.ts'
import { peopleApi } from './people-api.ts'
import { permissionApi } from './permission-api.ts'
import { personalApi } from './personal-api.ts'
import { planApi } from './plan-api.ts'
import type { HandlersOf, InputOf, OutputOf, Query } from './procedure.ts'
import { bulletinApi } from './bulletin-api.ts'
import { draftNoteApi } from './draft-note-api.ts'
import { promiseApi } from './promise-api.ts'
import { riskApi } from './risk-api.ts'
import { rulesApi } from './rules-api.ts'
import { searchApi } from './search-api.ts'
import { taskApi } from './task-api.ts'
import { membershipApi, teamApi } from './team-api.ts'
import { textApi } from './text-api.ts'
import { timelineApi } from './timeline-api.ts'
import type { Topic } from './topics.ts'
import { wordingApi } from './wording-api.ts'
import { wordingFileApi } from './wording-file-api.ts'
import { workspaceApi } from './workspace-api.ts'

export type { Topic }

/** The whole UI contract: every call that a screen or a command can make to its replica. */
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
  ...commandApi,
  ...peopleApi,
  ...taskApi,
  ...planApi,
  ...rulesApi,
  ...contactApi,
  ...wordingApi,
  ...bulletinApi,
  ...wordingFileApi,
  ...promiseApi,
  ...agentGroupApi,
  ...draftNoteApi,
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
/** Calls that read, and calls that change something. */
export type QueryName = { [Name in CallName]: Api[Name] extends { kind: 'query' } ? Name : never }[CallName]
export type CommandName = Exclude<CallName, QueryName>

/** The topics that the answer to a query depends on; when one of them is announced, the answer may have changed. */
export function topicsOfQuery<Name extends QueryName>(name: Name, input: CallInput<Name>): readonly Topic[] {
  const query: Query = api[name]
  return query.dependsOn(input)
}

/** Whether the answer to a query may have changed after these topics were announced. */
export function mayHaveChanged<Name extends QueryName>(topics: readonly Topic[], name: Name, input: CallInput<Name>): boolean {
  const dependsOn = topicsOfQuery(name, input)
  return topics.some((topic) => topic === '*' || dependsOn.includes(topic))
}

/** The only interface from a screen to its replica, independent of the transport. */
export type ApiClient = {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>
  /**
   * Calls back with changed topics, coalesced; returns the unsubscribe function. After a reconnect `onTopics` gets `['*']`:
   * reload everything.
   */
  watch(onTopics: (topics: readonly Topic[]) => void): () => void
  /** Reports whether the replica is reachable, now and on every change; returns the unsubscribe function. */
  connection(onChange: (connected: boolean) => void): () => void
}
