import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { writeInviteCode } from '#hub/accounts/invite-code.ts'
import { fingerprintOf, ownCertificate } from '#hub/http/certificate.ts'
import { serveHub } from '#hub/http/serve-hub.ts'
import { openHub } from '#hub/open-hub.ts'
import type { BootstrapSnapshotBounds } from '#hub/snapshots/bootstrap-snapshots.ts'
import type { ReplicaMaker } from '#hub/snapshots/replica-maker.ts'
import { createTeamHub } from '#hub/team-hub.ts'
import { createReplicaMaker } from '#workspace/standalone-hub/replica-maker.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { ANN, declareText, entryText, idOf, INCIDENT, joinText } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openWorkspaceUnderTest, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'

export const PASSWORD = 'drei-kurze-wellen'

export type ServedTeam = Awaited<ReturnType<typeof serveTeam>>

/** The number of the first entry, used as the last part of its id. */
const FIRST_ENTRY = 0x10_0000

/** A team with this many entries, served over TLS. It makes bootstrap snapshots already from a few records on. */
export async function serveTeam(
  entries: number,
  options: { version?: string; bounds?: Partial<BootstrapSnapshotBounds>; maker?: (real: ReplicaMaker) => ReplicaMaker } = {},
) {
  const folder = makeTempFolder('hub', 'quick')
  const opened = openHub(join(folder, 'hub.db'), true, Date.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const faults: unknown[] = []
  const log = (level: string, message: string, detail?: Record<string, unknown>) =>
    void (level === 'info' ? null : faults.push({ message, ...detail }))
  const version = options.version ?? '0.0.0-test'
  const real = createReplicaMaker(workerUrls(import.meta.url).bootstrap, version)
  const team = await createTeamHub({
    hub: opened.hub,
    dataFolder: folder,
    evidenceFolder: join(folder, 'evidence'),
    version,
    log,
    now: Date.now,
    replicaMaker: options.maker?.(real) ?? real,
    bootstrapSnapshots: { worthFrom: 10, lag: 20, readBytes: 16 * 1024, ...options.bounds },
  })
  const certificate = await ownCertificate(folder)
  const server = await serveHub(team, { host: '127.0.0.1', port: 0, certificate, behindProxy: false, log })
  onTestFinished(async () => {
    await server.close()
    await team.close()
  })
  const say = async (...texts: string[]) => {
    const records = await team.submit(texts, ANN, { kind: 'founder' })
    const refused = records.find(({ outcome }) => outcome.kind === 'rejected')
    if (refused) throw new Error(JSON.stringify(refused))
  }
  let said = 0
  /** Adds this many more entries to the first incident. */
  const sayMore = async (count: number, text = '门店排队') => {
    await say(
      ...Array.from({ length: count }, () => entryText(idOf(FIRST_ENTRY + (said += 1)), `${text} ${said} ${'来电'.repeat(said % 40)}`)),
    )
  }
  // Level II has no bulletins: the tests count the records.
  await say(joinText(ANN, '安', 'commander'), declareText(INCIDENT, { level: 2 }))
  for (let left = entries; left > 0; left -= 200) await sayMore(Math.min(left, 200))
  return {
    folder,
    team,
    server,
    faults,
    url: `https://127.0.0.1:${server.port}`,
    say,
    sayMore,
    /** A fresh device joins as a new member. */
    async join(name: string, device?: WorkspaceUnderTest, port = server.port): Promise<WorkspaceUnderTest> {
      const { secret } = await team.accounts.invites.make({ role: 'pr' }, '', 1, ANN)
      const code = writeInviteCode({ a: [`https://127.0.0.1:${port}`], n: '', s: secret, f: fingerprintOf(certificate.cert) })
      const workspace = device ?? (await openWorkspaceUnderTest(makeTempFolder('device', 'quick')))
      await workspace.value('membership.join', { code, name, login: name, password: PASSWORD, device: 'x', language: 'zh-Hans' })
      return workspace
    },
    /** Joins without a workspace and returns the session. */
    async session(name: string) {
      const { secret } = await team.accounts.invites.make({ role: 'pr' }, '', 1, ANN)
      const joined = await team.accounts.useInvite(secret, { name, login: name, password: PASSWORD, device: 'x' })
      if (!joined.ok) throw new Error(joined.failure.code)
      return joined.value
    },
    async get(
      path: string,
      token: string,
      headers: Record<string, string> = {},
    ): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
      const answer = await server.app.inject({ method: 'GET', url: path, headers: { authorization: `Bearer ${token}`, ...headers } })
      return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload }
    },
  }
}

/** Waits until the hub and the device agree. */
export async function untilSynced(device: WorkspaceUnderTest): Promise<void> {
  for (;;) {
    const { sync, me, arriving } = await device.value('workspace.status', {})
    if (arriving === null && sync.connected && me !== null) return
    await new Promise((resolve) => void setTimeout(resolve, 10))
  }
}
