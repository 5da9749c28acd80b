import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { incidentScope } from '#domain/log/ids.ts'
import { completePosition } from '#domain/members/member.ts'
import type { Result } from '#contract/failures.ts'
import type { TeamCallInput, TeamCallName, TeamCallOutput } from '#contract/team-api.ts'
import { readInviteCode } from '#hub/accounts/invite-code.ts'
import { HubConfig } from '#hub/hub-config.ts'
import { runHub } from '#hub/run-hub.ts'
import { postToHub } from '#workspace/team/post-to-hub.ts'
import { declaration, declareText, entryText } from '#tests/support/log-texts.ts'
import { openSocketDevice, type SocketDevice } from './socket-device.ts'

export const PASSWORD = 'drei-kurze-wellen'
const SignedIn = z.object({ memberId: z.string(), token: z.string() })
export type Account = { login: string; memberId: string; token: string; invite: string }

/** What the session was told is done; it must stay so. */
export type Told = {
  accounts: Account[]
  /** Ids of invites. */
  invites: string[]
  devices: { memberId: string; device: SocketDevice }[]
  evidence: { hash: string; size: number }[]
  /** Texts of entries that an API client was told are recorded. */
  posted: string[]
}

/** How the session reaches a hub that may die and restart at any moment. */
export type Reach = {
  url: string
  /** The founder's invite that the running hub has printed. */
  founderInvite(): string | null
  folder: string
}

export const newTold = (): Told => ({ accounts: [], invites: [], devices: [], evidence: [], posted: [] })

const PAUSE_MS = 25

/** Repeats a question to the hub until it is answered. */
export async function answered<T>(question: () => Promise<Result<T>>): Promise<Result<T>> {
  for (;;) {
    const result = await question()
    if (result.ok || !['hub-unreachable', 'not-a-hub', 'not-saved', 'internal', 'too-many-requests'].includes(result.failure.code))
      return result
    await wait(PAUSE_MS)
  }
}

/** Joins with an invite, or, when the answer to that was lost, signs in with the account that it created. */
async function comeIn({ url }: Reach, code: () => string | null, login: string, told: Told): Promise<Account> {
  const address = { url, pinned: null }
  for (;;) {
    const invite = readInviteCode(code() ?? '')
    if (invite) {
      const joined = await answered(() =>
        postToHub(
          address,
          '/auth/join',
          { secret: invite.s, name: `${login} 某`, login, password: PASSWORD, device: '一台电脑' },
          SignedIn,
        ),
      )
      if (joined.ok) return noteAccount(told, { login, ...joined.value, invite: invite.s })
      // A restarted hub has printed another invite for its founder.
      if (joined.failure.code === 'invite-withdrawn') continue
      if (joined.failure.code !== 'invite-used') throw new Error(JSON.stringify(joined.failure))
    }
    const signedIn = await answered(() => postToHub(address, '/auth/sign-in', { login, password: PASSWORD, device: '一台电脑' }, SignedIn))
    if (signedIn.ok) return noteAccount(told, { login, ...signedIn.value, invite: invite?.s ?? '' })
    // No hub is running, or the founder has not joined yet.
    if (code() === null) await wait(PAUSE_MS)
    else if (invite) throw new Error(`used up, and yet: ${JSON.stringify(signedIn.failure)}`)
  }
}

function noteAccount(told: Told, account: Account): Account {
  told.accounts.push(account)
  return account
}

async function ask<Name extends TeamCallName>(
  { link }: SocketDevice,
  name: Name,
  input: TeamCallInput<Name>,
): Promise<TeamCallOutput<Name>> {
  for (;;) {
    try {
      const result = await link.ask(name, input)
      if (!result.ok) throw new Error(JSON.stringify(result.failure))
      return result.value
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'LinkDown') throw error
      await wait(PAUSE_MS)
    }
  }
}

function openDevice({ folder, url }: Reach, told: Told, { memberId, token }: Account, name: string): SocketDevice {
  const device = openSocketDevice(join(folder, name), url, memberId, token)
  told.devices.push({ memberId, device })
  return device
}

const entry = (incident: string, text: string) => ({
  scope: incidentScope(incident),
  kind: 'entry',
  id: crypto.randomUUID(),
  type: 'entry.record',
  body: { kind: 'observation', text, happenedAt: Date.now() },
})

/** Attaches a new file and waits until the hub reports that it has all of it. */
async function attachFile(reach: Reach, told: Told, device: SocketDevice, incident: string, size: number): Promise<string> {
  const path = join(reach.folder, '监控.bin')
  writeFileSync(path, randomBytes(size))
  const kept = await device.files.keep({ path, name: '监控.bin', mime: 'application/octet-stream', size }, false)
  if (!kept.ok) throw new Error(kept.failure.code)
  const { alreadyKept: _alreadyKept, ...evidence } = kept.value
  const written = entry(incident, '附上监控')
  device.commit(written, { ...written, type: 'entry.attach', body: { evidence }, after: [0] })
  await device.inStep()
  while (device.evidence.waiting() > 0) {
    await device.evidence.wakeAnew()
    await wait(PAUSE_MS)
  }
  told.evidence.push({ hash: evidence.hash, size })
  return evidence.hash
}

async function fetchFile(device: SocketDevice, hash: string): Promise<void> {
  await device.inStep()
  while (!(await device.evidence.fetch(hash)).ok) await wait(PAUSE_MS)
}

/** Posts an entry from another system, again with the same key until it is answered. */
async function postEntry({ url }: Reach, told: Told, secret: string, incident: string): Promise<void> {
  const text = '舆情监测：转发量上升'
  for (;;) {
    const answer = await fetch(`${url}/api/v1/incidents/${incident}/entries`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': 'one-of-them' },
      body: JSON.stringify({ kind: 'observation', text }),
    }).catch(() => null)
    if (answer?.status === 201) return void told.posted.push(text)
    // The process that had begun the request has died: its key is held for a minute.
    if (answer?.status === 409) return
    if (answer && answer.status < 500) throw new Error(await answer.text())
    await wait(PAUSE_MS)
  }
}

/** Starts in an empty folder: accounts, invites, ops of two members at once, a token, evidence. */
export async function foundTeam(reach: Reach, told: Told): Promise<void> {
  const ann = await comeIn(reach, reach.founderInvite, 'ann', told)
  const hers = openDevice(reach, told, ann, 'ann')
  await hers.inStep()
  const incident = crypto.randomUUID()
  const scope = incidentScope(incident)
  // Not of level I: the hub adds a record to such an incident at a time of its own, perhaps after the last look of the devices.
  hers.commit({
    scope,
    kind: 'incident',
    id: incident,
    type: 'incident.declare',
    body: { ...declaration({ declaredAt: Date.now(), level: 2 }) },
  })
  for (let n = 0; n < 4; n++) {
    hers.commit(entry(incident, `第 ${n} 条`))
    await hers.inStep()
  }
  const invite = await ask(hers, 'team.invite', { role: 'pr', vendor: null, note: '给本', hours: 24 })
  told.invites.push(invite.id)
  const ben = await comeIn(reach, () => invite.code, 'ben', told)
  const his = openDevice(reach, told, ben, 'ben')
  await his.inStep()
  for (let n = 0; n < 4; n++) for (const device of [hers, his]) device.commit(entry(incident, `同时写的 ${n}`))
  const token = await ask(hers, 'team.createToken', {
    name: '舆情监测',
    kind: 'personal',
    scopes: ['timeline:write', 'timeline:read'],
    days: 30,
  })
  await postEntry(reach, told, token.secret, incident)
  const hash = await attachFile(reach, told, hers, incident, 600_000)
  await fetchFile(his, hash)
  await Promise.all([hers.inStep(), his.inStep()])
}

export const LONG = 2100

/** A team with one incident so long that a new device begins from a snapshot; made while no hub runs. @returns its founder */
export async function makeLongTeam(data: string, entries = LONG): Promise<Account> {
  const ran = await runHub(HubConfig.parse({ data, port: 0, 'no-tls': true }), {
    version: '0.0.0-test',
    log: () => undefined,
    now: Date.now,
    addressesAt: () => ['127.0.0.1'],
  })
  if (!ran.ok) throw new Error(ran.trouble.kind)
  const { team, close } = ran.running
  const { secret } = await team.accounts.invites.make(completePosition({ role: 'commander' }), '', 1, 'test')
  const joined = await team.accounts.useInvite(secret, { name: '安', login: 'ann', password: PASSWORD, device: '第一台' })
  if (!joined.ok) throw new Error(joined.failure.code)
  const texts = [
    declareText(undefined, { declaredAt: Date.now(), level: 2 }),
    ...Array.from({ length: entries }, (_, n) => entryText(crypto.randomUUID(), `第 ${n} 条`)),
  ]
  await team.submit(texts, joined.value.memberId, null)
  await close()
  return { login: 'ann', invite: secret, ...joined.value }
}

/** A new device of a long team: it begins from a snapshot, writes, and attaches a file. */
export async function joinLongTeam(reach: Reach, told: Told, ann: Account): Promise<void> {
  noteAccount(told, ann)
  const device = openDevice(reach, told, ann, 'new')
  await device.inStep()
  const [row] = device.db.prepare<[], { id: string }>("SELECT id FROM entity WHERE kind = 'incident'").all()
  if (!row) throw new Error('no incident')
  const base = device.db.prepare<[string], { seq: number }>('SELECT seq FROM scope_base WHERE scope = ?').get(incidentScope(row.id))
  if ((base?.seq ?? 0) < LONG) throw new Error('It did not begin from a snapshot')
  for (let n = 0; n < 3; n++) {
    device.commit(entry(row.id, `新电脑 ${n}`))
    await device.inStep()
  }
  await attachFile(reach, told, device, row.id, 300_000)
  await device.inStep()
}

/** The content of a file of the hub. */
export const readEvidence = (data: string, hash: string): Buffer => readFileSync(join(data, 'evidence', hash.slice(0, 2), hash))
