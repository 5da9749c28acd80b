import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { HubConfig } from '#hub/hub-config.ts'
import { firstInvite } from '#workspace/standalone-hub/first-invite.ts'
import { backUpHub, restoreHub } from '#workspace/standalone-hub/hub-admin.ts'
import { runHub, type RunningHub } from '#hub/run-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** A team's hub on its own server, which can be stopped, backed up, restored and restarted at the same address. */
export async function openHubApart(now: () => number = Date.now) {
  const data = makeTempFolder('hub-apart', 'quick')
  let port = 0
  let running: RunningHub | null = null
  const config = () => HubConfig.parse({ data, port, host: '127.0.0.1', 'no-tls': true, name: '清风小组' })

  const hub = {
    data,
    config,
    get team() {
      if (!running) throw new Error('The hub is stopped')
      return running.team
    },
    async start(): Promise<void> {
      const ran = await runHub(config(), { version: 'test', log: () => {}, now, addressesAt: () => ['127.0.0.1'] })
      if (!ran.ok) throw new Error(ran.trouble.kind)
      running = ran.running
      port = running.server.port
    },
    async stop(): Promise<void> {
      await running?.close()
      running = null
    },
    /** The invite for founding the team. */
    async founding(): Promise<string> {
      const made = running && (await firstInvite(running))
      if (!made) throw new Error('There is a founder already')
      return made.code
    },
    async backUp(): Promise<string> {
      const file = join(data, 'backup.db')
      const made = await backUpHub(data, file)
      if (!made.ok) throw new Error(made.failure.code)
      return file
    },
    async restore(file: string): Promise<void> {
      const restored = await restoreHub(config(), file, now())
      if (!restored.ok) throw new Error('trouble' in restored ? restored.trouble.kind : restored.failure.code)
    },
  }
  await hub.start()
  onTestFinished(() => hub.stop())
  return hub
}
