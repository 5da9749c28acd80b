import { MINUTE } from '#domain/durations.ts'
import type { Certificate } from './certificate.ts'
import type { CertificateTrouble } from './check-certificate.ts'

export type ServeOptions = {
  host: string
  /** 0 selects a free port. */
  port: number
  /** Null serves plain HTTP: for tests, and behind a TLS proxy on the same machine. */
  certificate: Certificate | null
  /** True when a proxy in front passes on the client's address. */
  behindProxy: boolean
  /** What devices will find wrong with the certificate; without it, certificates are not checked. */
  certificateTrouble?: () => CertificateTrouble | null
  /** Whoever presents it may read the metrics; without it only this machine may, and no one through a proxy. */
  metricsToken?: string | null
  /** Folder of the built pages (`out/web`); without it, the agents' console has no page. */
  webFolder?: string
  /** Whose pages may show the agents' console in a frame; without any, it cannot be embedded. */
  embedOrigins?: readonly string[]
  log(level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>): void
}

/** A client must send its request soon, because an idle connection costs as much as an active one; milliseconds. */
export const PATIENCE = { headersTimeout: 4000, requestTimeout: MINUTE, connectionsCheckingInterval: 500 }
