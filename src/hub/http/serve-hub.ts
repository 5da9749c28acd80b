import { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { CONSOLE_API, CONSOLE_PATH, EMBED_API, EMBED_PATH } from '#contract/agent-wire.ts'
import { consolePage } from '../agents/console-page.ts'
import { consoleRoutes } from '../agents/console-routes.ts'
import { approvalRoutes } from '../approvals/approval-routes.ts'
import { API_PATH, apiPlugin } from '../api/api-plugin.ts'
import { oidcRoutes } from './oidc-routes.ts'
import type { Certificate } from './certificate.ts'
import { authRoutes } from './auth-routes.ts'
import { healthRoutes } from './health-routes.ts'
import { createHubApp, TLS } from './hub-app.ts'
import { bootstrapSnapshotRoutes } from './bootstrap-snapshot-routes.ts'
import { serveLinks } from './serve-links.ts'
import type { ServeOptions } from './serve-options.ts'
import type { ServedHub } from './served-hub.ts'

export type HubServer = {
  port: number
  /** Replaces the certificate for new connections; existing ones continue. */
  setCertificate(certificate: Certificate): void
  app: FastifyInstance
  close(): Promise<void>
}

const STOP_MS = 10_000

/** Everything that a hub answers over HTTP: people's sign-in, devices' snapshots, agents' console, approvals and the API. */
async function registerRoutes(app: FastifyInstance, hub: ServedHub, options: ServeOptions): Promise<void> {
  await app.register((routes) => healthRoutes(routes, hub, options))
  await app.register((routes) => authRoutes(routes, hub))
  await app.register((routes) => oidcRoutes(routes, hub))
  await app.register((routes) => bootstrapSnapshotRoutes(routes, hub))
  const shared = { agents: hub.agents, secure: options.certificate !== null }
  await app.register((routes) => consoleRoutes(routes, { ...shared, place: 'page' }), { prefix: CONSOLE_API })
  await app.register((routes) => consolePage(routes, options.webFolder, []), { prefix: CONSOLE_PATH })
  const { embedOrigins = [] } = options
  if (embedOrigins.length > 0) {
    await app.register((routes) => consoleRoutes(routes, { ...shared, place: 'embed' }), { prefix: EMBED_API })
    await app.register((routes) => consolePage(routes, options.webFolder, embedOrigins), { prefix: EMBED_PATH })
  }
  await app.register((routes) => approvalRoutes(routes, hub))
  await app.register(apiPlugin, { prefix: API_PATH, hub, version: hub.about().version, log: options.log })
}

/**
 * Serves a hub to a team over HTTPS: sign-in, links, health and metrics.
 * @throws an error with `code` EADDRINUSE or EACCES when the port cannot be opened
 */
export async function serveHub(hub: ServedHub, options: ServeOptions, more?: (app: FastifyInstance) => Promise<void>): Promise<HubServer> {
  const app = await createHubApp(hub, options)
  await registerRoutes(app, hub, options)
  if (more) await app.register(more)
  await app.listen({ host: options.host, port: options.port })
  const io = serveLinks(app.server, hub, options)

  return {
    port: (app.server.address() as AddressInfo).port,
    setCertificate: (renewed) => {
      if (app.server instanceof TlsServer) app.server.setSecureContext({ ...renewed, ...TLS })
    },
    app,
    async close() {
      // Running pushes still get their answer; no new sockets are accepted.
      io.disconnectSockets(true)
      io.engine.close()
      const stopping = app.close()
      await Promise.race([stopping, wait(STOP_MS, undefined, { ref: false })])
    },
  }
}
