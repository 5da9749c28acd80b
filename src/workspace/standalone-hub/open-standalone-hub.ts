import { fileURLToPath } from 'node:url'
import { readHubConfig, type ConfigTrouble, type HubConfig } from '#hub/hub-config.ts'
import { runHub, type HubTrouble, type RunningHub } from '#hub/run-hub.ts'
import { addressesAt } from './addresses-at.ts'
import { firstInvite } from './first-invite.ts'
import { createReplicaMaker } from './replica-maker.ts'

export { readHubConfig }
export type { ConfigTrouble, HubConfig, HubTrouble, RunningHub }

export type StandaloneHub = RunningHub & { firstInvite: { code: string; expiresAt: number } | null }

export type StandaloneHubEdge = {
  version: string
  /** Entry file of the thread that makes bootstrap snapshots, see `worker-urls.ts`. */
  bootstrapWorker: URL
  /** The built pages that the hub serves. */
  webFolder: URL
  now(): number
  log(level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>): void
}

/** Runs a team's hub without an app, on the addresses of this machine, and makes the invite of its first member. */
export async function openStandaloneHub(
  config: HubConfig,
  edge: StandaloneHubEdge,
): Promise<{ ok: true; hub: StandaloneHub } | { ok: false; trouble: HubTrouble }> {
  const ran = await runHub(config, {
    ...edge,
    addressesAt,
    webFolder: fileURLToPath(edge.webFolder),
    replicaMaker: createReplicaMaker(edge.bootstrapWorker, edge.version),
  })
  if (!ran.ok) return ran
  return { ok: true, hub: { ...ran.running, firstInvite: await firstInvite(ran.running) } }
}
