import type { AdmittedSession } from '../accounts/admit-session.ts'
import type { Agents } from '../agents/agents.ts'
import type { ApiHub } from '../api/api-hub.ts'
import type { HubCore } from '../core/hub-core.ts'
import type { HubMetrics } from '../core/hub-metrics.ts'
import type { OidcAuth } from '../oidc/oidc-auth.ts'
import type { Links } from '../session/links.ts'
import type { BootstrapSnapshots } from '../snapshots/bootstrap-snapshots.ts'

/** What serving a hub over HTTP needs of it. */
export type ServedHub = ApiHub &
  Pick<HubCore, 'accounts' | 'access' | 'key'> & {
    /** Sign-in by company accounts; null when there is no provider. */
    oidc: OidcAuth | null
    links: Links
    /** The agents and their consoles. */
    agents: Agents
    /** Null when new devices begin from the log. */
    bootstrapSnapshots: BootstrapSnapshots | null
    metrics: Omit<HubMetrics, 'text'> & { text(): Promise<string> }
    /** The number of unreadable rows that are not served. */
    setAsideCount(): number
    /** How far this machine's clock is behind the database's, seconds; null when the difference is small. */
    clockApart(): number | null
    /** The owner of a session secret for a link, or why it is refused. */
    admit(token: string): Promise<AdmittedSession>
    /**
     * Whether the database answers and takes writes, and the log can reach it. After a disk failure, the log accepts nothing until
     * the hub is restarted.
     */
    isSound(): Promise<boolean>
    /** Ends the links of sessions that were revoked elsewhere, at every node. */
    endRevokedSessions(): Promise<void>
  }
