import type { LogRecord } from '#domain/log/record.ts'
import type { Admission } from '#domain/members/admission.ts'
import type { MemberState } from '#domain/members/member.ts'
import type { TeamView } from '#contract/team-api.ts'
import type { AccessLog } from '../accounts/access-log.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Unreadable } from '../database/unreadable.ts'
import type { Hub } from '../log/hub.ts'
import type { HubKey } from '../signing/hub-key.ts'
import type { BackgroundWork } from './background-work.ts'
import type { CommitNews } from './commit-news.ts'
import type { HubMetrics } from './hub-metrics.ts'

/** Writes a line of the hub's own log file, which is not the log of the team. */
export type Report = (level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>) => void

/** What the features of a team's hub share. A feature that needs more gets it as a parameter of its own. */
export type HubCore = {
  /** The op log and the database under it. */
  hub: Hub
  hubId: string
  /** Signs in the hub's name. */
  key: HubKey
  accounts: Accounts
  /** The access log: who signed in, invited, revoked. */
  access: AccessLog
  /** Clock, randomness and IDs. */
  edge: HubAccountEdge
  /** Milliseconds since 1970, the hub's clock. */
  now(): number
  metrics: HubMetrics
  background: BackgroundWork
  report: Report
  /** Counts and reports an unexpected error. */
  onFault(error: unknown): void
  /** Stores an unreadable row apart, so that it can be recovered. */
  keepAside(one: Unreadable): Promise<void>
  /** The hub as its team sees it: name, addresses, version. */
  about(): TeamView
  /** @returns null for someone who has not joined. @throws UnreadableRow */
  readMember(memberId: string): Promise<MemberState | null>
  /**
   * Submits ops that do not come over a link, and announces them to the links.
   * @param reaches a restricted scope that an owner takes over
   */
  submit(ops: readonly string[], memberId: string, admission: Admission, reaches?: string): Promise<LogRecord[]>
  /** Announces every commit of this node. */
  commits: CommitNews
  /** True when the database could not write; the sender retries later. */
  isNotSaved(error: unknown): boolean
}
