import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { rowSum } from '#storage/row-sum.ts'
import { hashSecret } from '#hub/accounts/secrets.ts'
import { HubConfig } from '#hub/hub-config.ts'
import { HUB_DATABASE, runHub, type RunningHub } from '#hub/run-hub.ts'
import { recoverOwner } from '#workspace/standalone-hub/hub-admin.ts'
import { ANN, declareText, entryText, idOf, INCIDENT, INCIDENT_SCOPE, joinText } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const NIL = '00000000-0000-0000-0000-000000000000'
const UPPER = '7B9E3F55-2C1D-4E5F-8A9B-0C1D2E3F4A5B'
const SECRET = 's'.repeat(43)

type Said = { level: string; message: string; detail: Record<string, unknown> | undefined }

/** Starts a hub on a data folder, as its command does, and collects its log. */
async function start(data: string): Promise<{ running: RunningHub; said: Said[]; base: string }> {
  const said: Said[] = []
  const ran = await runHub(HubConfig.parse({ data, port: 0, host: '127.0.0.1', 'no-tls': true, name: '清风小组' }), {
    version: 'test',
    log: (level, message, detail) => void said.push({ level, message, detail }),
    now: Date.now,
    addressesAt: () => ['127.0.0.1'],
  })
  if (!ran.ok) throw new Error(JSON.stringify(ran.trouble))
  let open = true
  const { running } = ran
  const close = running.close.bind(running)
  running.close = async () => {
    if (open) await close()
    open = false
  }
  onTestFinished(() => running.close())
  return { running, said, base: `http://127.0.0.1:${running.server.port}` }
}

/** Changes the database of a stopped hub, as another version or a manual edit would. */
function withRows(data: string, change: (db: Database.Database) => void): void {
  const db = new Database(join(data, HUB_DATABASE))
  try {
    change(db)
  } finally {
    db.close()
  }
}

/** A team with an owner, an incident and an entry; its hub is stopped. */
async function makeTeam(): Promise<string> {
  const data = makeTempFolder('rows', 'quick')
  const { running } = await start(data)
  const link = running.team.connect(ANN, 'test')
  await link.push([joinText(ANN, '安', 'commander'), declareText(undefined, { level: 2 }), entryText(idOf(0x500), '第一条')])
  await running.close()
  return data
}

function putEntity(
  db: Database.Database,
  kind: string,
  id: string,
  scope: string,
  body: string,
  sum = rowSum(kind, id, scope, body),
): void {
  db.prepare('INSERT OR REPLACE INTO entity (kind, id, scope, body, sum) VALUES (?, ?, ?, ?, ?)').run(kind, id, scope, body, sum)
}

function putSession(db: Database.Database, memberId: string, secret: string): void {
  db.prepare(
    'INSERT INTO session (id, member_id, secret_hash, device, created_at, last_seen_at, revoked_at) VALUES (?, ?, ?, ?, 0, 0, NULL)',
  ).run(crypto.randomUUID(), memberId, hashSecret(secret), 'd')
}

/** The rows that earlier versions left when somebody joined with an id in upper case: complete, but without a member. */
function putBrokenJoining(db: Database.Database, memberId: string, login: string, op?: string): void {
  const joinOp =
    op ??
    JSON.stringify({
      opId: crypto.randomUUID(),
      scope: 'team',
      replicaId: crypto.randomUUID(),
      counter: 1,
      entity: { kind: 'member', id: memberId },
      type: 'member.join',
      version: 1,
      body: { name: '某人', role: 'pr' },
      hlc: '0'.repeat(16),
      baseSeq: 0,
    })
  db.prepare(
    "INSERT INTO invite (id, kind, secret_hash, member_id, place, note, created_by, created_at, expires_at, used_at, withdrawn_at, join_op) VALUES (?, 'invite', ?, ?, ?, '', ?, 0, 9e15, 1, NULL, ?)",
  ).run(
    crypto.randomUUID(),
    hashSecret(crypto.randomUUID()),
    memberId,
    JSON.stringify({ role: 'pr', department: 'pr', layer: 'execution', vendor: null }),
    ANN,
    joinOp,
  )
  db.prepare('INSERT INTO credential (member_id, login, password, oidc_subject, changed_at) VALUES (?, ?, NULL, NULL, 0)').run(
    memberId,
    login,
  )
}

test('a hub whose database holds joinings that can never be finished starts, says so, serves, and gives their names free', async () => {
  const data = await makeTeam()
  withRows(data, (db) => {
    putBrokenJoining(db, UPPER, 'upper')
    putSession(db, UPPER, SECRET)
    putBrokenJoining(db, idOf(0xc), 'rubbish', 'rubbish')
    // Rows of somebody who is a member all the same: they lose nothing.
    putBrokenJoining(db, ANN, 'an', 'rubbish too')
  })
  const { running, said, base } = await start(data)
  expect(await running.team.isSound()).toBe(true)
  expect(said.filter(({ level }) => level === 'error').map(({ detail }) => detail?.['place'])).toEqual(['invite', 'invite', 'invite'])
  expect(await (await fetch(`${base}/healthz`)).json()).toEqual({ ok: true, setAside: 3 })
  expect(await (await fetch(`${base}/metrics`)).text()).toMatch(/stormroom_hub_set_aside_rows\{[^}]*\} 3\n/)
  expect(await running.team.admit(SECRET)).toEqual({ ok: false, reason: 'session-unknown' })
  const rows = running.team.hub.database.kysely
  const logins = await rows.withTables<{ credential: { login: string } }>().selectFrom('credential').select('login').execute()
  expect(logins).toEqual([{ login: 'an' }])
  await running.close()
  // It is logged once and stays recorded.
  const again = await start(data)
  expect(again.said.filter(({ level }) => level === 'error')).toEqual([])
  expect(again.running.team.setAsideCount()).toBe(3)
})

test('a member under the id that once stood for everybody comes in no more, and no list of the API fails because of them', async () => {
  const data = await makeTeam()
  withRows(data, (db) => {
    const { body } = db.prepare("SELECT body FROM entity WHERE kind = 'member'").get() as { body: string }
    putEntity(db, 'member', NIL, 'team', body)
    putSession(db, NIL, SECRET)
  })
  const { running, base } = await start(data)
  expect(await running.team.admit(SECRET)).toEqual({ ok: false, reason: 'session-unknown' })
  expect(await running.team.hub.log.mayRead(NIL, 'team')).toBe(true)
  expect((await fetch(`${base}/bootstrap-snapshot?form=x`, { headers: { authorization: `Bearer ${SECRET}` } })).status).toBe(401)
  const made = await running.team
    .connect(ANN, 'test')
    .ask('team.createToken', { name: 't', kind: 'personal', scopes: ['members:read'], days: 1 })
  if (!made.ok) throw new Error(made.failure.code)
  const answer = await fetch(`${base}/api/v1/members`, { headers: { authorization: `Bearer ${made.value.secret}` } })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ members: [{ id: ANN }], unreadable: 1 })
})

test('rows of every table that say nothing sensible are left out and told of; the rest is served, and an owner can be recovered', async () => {
  const data = await makeTeam()
  const entry = JSON.stringify({ state: { kind: 'observation' }, stamps: {}, superseded: [], newer: false })
  withRows(data, (db) => {
    // The owner's and the incident's own rows are damaged: their content is rebuilt from the log.
    db.exec("UPDATE entity SET body = 'rubbish' WHERE kind IN ('member', 'incident')")
    putEntity(db, 'entry', 'x', INCIDENT_SCOPE, entry)
    putEntity(db, 'task', 'y', INCIDENT_SCOPE, 'not json')
    putEntity(db, 'task', idOf(0x601), INCIDENT_SCOPE, '[]')
    putEntity(db, 'task', idOf(0x602), INCIDENT_SCOPE, entry)
    putEntity(db, 'task', idOf(0x603), INCIDENT_SCOPE, entry, 7)
    putEntity(db, 'rules', 'team', 'team', 'null')
    db.prepare(
      `INSERT INTO scope_head (scope, seq, hash) VALUES ('incident:nowhere', 3, 'x'), ('rubbish', 1, ''), ('customers:${INCIDENT}', 1, '')`,
    ).run()
    db.prepare(
      "INSERT INTO webhook (id, url, secret, events, active, created_by, created_at) VALUES ('w', 'https://x.example', 'whsec_', 'rubbish', 1, ?, 0)",
    ).run(ANN)
    db.prepare(
      "INSERT INTO token (id, name, kind, member_id, secret_hash, scopes, created_by, created_at, expires_at, last_used_at, revoked_at) VALUES ('t', 't', 'personal', ?, 'h', '{', ?, 0, 9e15, NULL, NULL)",
    ).run(ANN, ANN)
    db.prepare(
      "INSERT INTO invite (id, kind, secret_hash, member_id, place, note, created_by, created_at, expires_at, used_at, withdrawn_at, join_op) VALUES ('i', 'invite', ?, NULL, 'rubbish', '', ?, 0, 9e15, NULL, NULL, NULL)",
    ).run(hashSecret(SECRET), ANN)
    // The last record of the incident has an invalid outcome.
    db.exec('DROP TRIGGER record_is_final_update')
    db.prepare("UPDATE record SET outcome = '{' WHERE scope = ? AND seq = 2").run(INCIDENT_SCOPE)
  })
  const { running, base } = await start(data)
  const link = running.team.connect(ANN, 'test')
  const { scopes } = await link.hello({ replicaId: idOf(0x900), cursors: [], sentAt: 0 })
  expect(scopes.map(({ scope }) => scope)).toEqual([INCIDENT_SCOPE, 'team'])
  // The log is served up to the first record that cannot be read.
  expect((await link.pull(INCIDENT_SCOPE, 0, 10)).records.map(({ seq }) => seq)).toEqual([1])
  const { records } = await link.push([entryText(idOf(0x501), '之后')])
  expect(records[0]?.outcome).toEqual({ kind: 'accepted' })
  for (const name of ['team.invites', 'team.tokens', 'team.webhooks', 'team.sessions'] as const)
    expect(await link.ask(name, name === 'team.sessions' ? { memberId: null } : {})).toMatchObject({ ok: true })
  const made = await link.ask('team.createToken', {
    name: 't',
    kind: 'personal',
    scopes: ['incidents:read', 'timeline:read', 'tasks:read', 'numbers:read', 'members:read'],
    days: 1,
  })
  if (!made.ok) throw new Error(made.failure.code)
  const get = async (path: string) => {
    const answer = await fetch(`${base}/api/v1/${path}`, { headers: { authorization: `Bearer ${made.value.secret}` } })
    return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) }
  }
  expect(await get('incidents')).toMatchObject({ status: 200, incidents: [{ id: INCIDENT }] })
  expect(await get(`incidents/${INCIDENT}/entries`)).toMatchObject({ status: 200, entries: [{ id: idOf(0x501) }], unreadable: 1 })
  expect(await get(`incidents/${INCIDENT}/tasks`)).toMatchObject({ status: 200, tasks: [], unreadable: 4 })
  expect(await get(`incidents/${INCIDENT}/series`)).toMatchObject({ status: 200, series: [], unreadable: 0 })
  expect(await get('members')).toMatchObject({ status: 200, members: [{ id: ANN, owner: true }], unreadable: 0 })
  const peeked = await fetch(`${base}/auth/peek`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: SECRET }),
  })
  expect(peeked.status).toBe(404)
  await running.close()
  const recovered = await recoverOwner(HubConfig.parse({ data, port: 0, host: '127.0.0.1', 'no-tls': true }), null, {
    version: 'test',
    now: Date.now,
  })
  expect(recovered).toMatchObject({ ok: true, value: { name: '安' } })
})

test('a hub whose own key cannot be read serves with another, and keeps what stood there', async () => {
  const data = await makeTeam()
  withRows(data, (db) => void db.prepare("UPDATE meta SET value = 'rubbish' WHERE key = 'privateKey'").run())
  const { running, said } = await start(data)
  expect((await running.team.connect(ANN, 'test').hello({ replicaId: idOf(0x900), cursors: [], sentAt: 0 })).publicKey).not.toBe('')
  expect(said.find(({ level }) => level === 'error')?.detail).toMatchObject({ place: 'meta', row: 'privateKey' })
})
