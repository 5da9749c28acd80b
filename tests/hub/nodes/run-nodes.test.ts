import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { readInviteCode } from '#hub/accounts/invite-code.ts'
import { HubConfig } from '#hub/hub-config.ts'
import { runHub, type RunningHub } from '#hub/run-hub.ts'
import { firstInvite } from '#workspace/standalone-hub/first-invite.ts'
import { recoverOwner } from '#workspace/standalone-hub/hub-admin.ts'
import { declareText, INCIDENT_SCOPE, opText, idOf, ANN, joinText } from '#tests/support/log-texts.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { makePostgresDatabase, whyNoPostgres } from '#tests/support/postgres.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const missing = whyNoPostgres()
const MINUTE = 60_000
const PASSWORD = 'ein langes passwort'

/** Nodes of one database have their own folders and share one key file. */
const keys = mkdtempSync(join(tmpdir(), 'stormroom-keys-'))
afterAll(() => rmSync(keys, { recursive: true, force: true }))
const configOf = (url: string, data: string) =>
  HubConfig.parse({
    data,
    database: url,
    'key-file': join(keys, `${new URL(url).pathname.slice(1)}.key`),
    host: '127.0.0.1',
    port: 0,
    'no-tls': true,
  })
const edgeOf = (now: () => number, said: string[] = []) => ({
  version: 'test',
  log: (level: string, message: string) => void said.push(`${level} ${message}`),
  now,
  addressesAt: () => ['127.0.0.1'],
})

async function runNode(
  url: string,
  data = makeTempFolder('node', 'quick'),
  now: () => number = Date.now,
  said: string[] = [],
): Promise<RunningHub> {
  const ran = await runHub(configOf(url, data), edgeOf(now, said))
  if (!ran.ok) throw new Error(JSON.stringify(ran.trouble))
  onTestFinished(() => ran.running.close())
  return ran.running
}

/** Creates the founder, who signs in by password. */
async function found({ team }: RunningHub, login: string): Promise<string> {
  await team.submit([joinText(ANN, '安', 'commander')], ANN, null)
  await team.accounts.setPassword(ANN, login, '', PASSWORD, null, 'here')
  return ANN
}

const tries = async (nodes: readonly RunningHub[], count: number, login: string, address: string) => {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, index) => nodes[index % nodes.length]?.team.accounts.signIn(login, 'falsch', 'x', address)),
  )
  return answers.filter((answer) => answer?.ok === false && answer.failure.code === 'sign-in-failed').length
}

describe.skipIf(missing !== null)(`nodes that run on one PostgreSQL${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  test('a data folder is of one process: a second node on it and the recovery of an owner are refused while the first runs', async () => {
    const { url } = await makePostgresDatabase()
    const data = makeTempFolder('node', 'quick')
    const first = await runHub(configOf(url, data), edgeOf(Date.now))
    expect(first.ok).toBe(true)
    expect(await runHub(configOf(url, data), edgeOf(Date.now))).toEqual({ ok: false, trouble: { kind: 'already-served', file: data } })
    expect(await recoverOwner(configOf(url, data), null, { version: 'test', now: Date.now })).toMatchObject({
      ok: false,
      failure: { code: 'already-served' },
    })
    if (first.ok) await first.running.close()
    const again = await runHub(configOf(url, data), edgeOf(Date.now))
    expect(again.ok).toBe(true)
    if (again.ok) await again.running.close()
  })

  test('A8: wrong passwords count at all nodes, also when they come at once; a right one clears the name', async () => {
    const { url } = await makePostgresDatabase()
    const nodes = await Promise.all([runNode(url), runNode(url), runNode(url)])
    const [a, b] = nodes as [RunningHub, RunningHub, RunningHub]
    await found(a, 'an')
    expect(await tries(nodes, 18, 'an', '192.0.2.1')).toBe(5)
    for (const { team } of nodes)
      expect(await team.accounts.signIn('an', PASSWORD, 'x', '192.0.2.1')).toMatchObject({ ok: false, failure: { code: 'locked-out' } })
    await a.team.accounts.failures.clear('an', '192.0.2.1')
    expect(await tries([a, b], 4, 'an', '192.0.2.2')).toBe(4)
    expect(await b.team.accounts.signIn('an', PASSWORD, 'x', '192.0.2.2')).toMatchObject({ ok: true })
    expect(await tries([a, b], 4, 'an', '192.0.2.2')).toBe(4)
  })

  test('nodes go by the clock of the database: a lock-out holds and webhooks lose nothing where clocks are apart, which is said', async () => {
    const { url } = await makePostgresDatabase()
    const said: string[] = []
    const a = await runNode(url)
    const ahead = await runNode(url, undefined, () => Date.now() + 16 * MINUTE, said)
    await found(a, 'an')
    expect(await tries([a], 5, 'an', '192.0.2.1')).toBe(5)
    expect(await tries([ahead], 3, 'an', '192.0.2.1')).toBe(0)
    expect(await tries([a], 3, 'an', '192.0.2.1')).toBe(0)

    await ahead.team.webhooks.add('https://hooks.example.com/x', ['incident.declared', 'entry.added'], ANN)
    const nodes = [a, ahead]
    await a.team.submit([declareText(undefined, { level: 2 })], ANN, null)
    for (let n = 0; n < 6; n++)
      await nodes[n % 2]?.team.submit(
        [
          opText({
            type: 'entry.record',
            kind: 'entry',
            id: idOf(0x800 + n),
            body: { kind: 'observation', text: '一条', happenedAt: TWO_AT_NIGHT },
          }),
        ],
        ANN,
        null,
      )
    await a.team.webhooks.take()
    const [hook] = await a.team.webhooks.list()
    expect(hook?.deliveries.length).toBe(7)
    const hubTimes = (await a.team.hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 100)).map(({ hubTime }) => hubTime)
    expect(hubTimes).toEqual(hubTimes.toSorted((x, y) => x - y))
    expect(Math.max(...hubTimes)).toBeLessThan(Date.now() + MINUTE)

    expect(said).toEqual([expect.stringMatching(/^warn The clock of this machine/u)])
    expect((await ahead.server.app.inject('/healthz')).json()).toEqual({ ok: true, clockApartSeconds: -960 })
    expect((await a.server.app.inject('/healthz')).json()).toEqual({ ok: true })
    expect((await ahead.server.app.inject('/metrics')).body).toMatch(/stormroom_hub_clock_apart_seconds\S* -960/u)
  })

  test('nodes that start together print one invite, which a later start leaves alone, until the team is founded', async () => {
    const { url } = await makePostgresDatabase()
    const nodes = await Promise.all([runNode(url), runNode(url), runNode(url)])
    const codes = await Promise.all([...nodes, ...nodes].map((node) => firstInvite(node)))
    const late = await runNode(url)
    codes.push(await firstInvite(late))
    const secrets = new Set(codes.map((code) => readInviteCode(code?.code ?? '')?.s))
    expect(secrets.size).toBe(1)
    const [secret = ''] = secrets
    expect(await late.team.accounts.useInvite(secret, { name: '安', login: 'an', password: PASSWORD, device: 'x' })).toMatchObject({
      ok: true,
    })
    expect(await firstInvite(late)).toBeNull()
    expect((await late.team.accounts.invites.list()).map(({ used_at: usedAt }) => usedAt !== null)).toEqual([true])
  })
})
