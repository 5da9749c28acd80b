import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { incidentScope } from '#domain/log/ids.ts'
import { BOOTSTRAP_SNAPSHOT_PATH, BootstrapSnapshotOffer } from '#contract/bootstrap-snapshot.ts'
import { replicaForm } from '#replica/store/replica-form.ts'
import { ANN, declareText, idOf, INCIDENT, INCIDENT_SCOPE, opText } from '#tests/support/log-texts.ts'
import { openWorkspaceUnderTest, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { serveTeam, untilSynced, type ServedTeam } from './serve-team.ts'

const HIDDEN = idOf(0x77)
const TAINT = 'zaubertinte'
const FORM = replicaForm('0.0.0-test')

/** Opens the device's database file, to check its content. */
function look(device: WorkspaceUnderTest) {
  const db = new Database(join(device.dataFolder, 'replica.db'), { readonly: true })
  onTestFinished(() => void db.close())
  return db
}

const count = (db: Database.Database, sql: string) => (db.prepare(sql).get() as { count: number }).count

/** All of the team's content that is shown, as stored in the file. */
const content = (db: Database.Database) => ({
  entities: db
    .prepare(
      'SELECT kind, id, scope, canonical, view, sum, sort_at, recorded_at, facet, parent, origin, starred FROM entity ORDER BY kind, id',
    )
    .all(),
  tally: db.prepare('SELECT * FROM tally ORDER BY scope, origin').all(),
  labels: count(db, 'SELECT count(*) AS count FROM label'),
  found: count(db, `SELECT count(*) AS count FROM search WHERE search MATCH '"排队"'`),
})

function cutAfter(response: ServerResponse, bytes: number): void {
  const write = response.write.bind(response)
  let sent = 0
  response.write = ((piece: Uint8Array) => {
    sent += piece.byteLength
    if (sent <= bytes) return write(piece)
    response.destroy()
    return false
  }) as typeof response.write
}

async function untilEntries(device: WorkspaceUnderTest, wanted: number): Promise<void> {
  const db = look(device)
  while (count(db, "SELECT count(*) AS count FROM entity WHERE kind = 'entry'") < wanted)
    await new Promise((resolve) => void setTimeout(resolve, 10))
}

async function offerOf(served: ServedTeam, token: string, form = FORM): Promise<BootstrapSnapshotOffer | null> {
  const answer = await served.get(`${BOOTSTRAP_SNAPSHOT_PATH}?${new URLSearchParams({ form })}`, token)
  expect(answer.status).toBe(200)
  return z.object({ value: BootstrapSnapshotOffer.nullable() }).parse(JSON.parse(answer.body.toString())).value
}

test('a new device begins with the replica that the hub has ready: what it shows is what the log says, it verifies, and the log goes on from there', async () => {
  const served = await serveTeam(120)
  await served.sayMore(1, '会改')
  const lin = await served.join('lin')
  await untilSynced(lin)
  const db = look(lin)
  expect(lin.log.filter(({ level }) => level !== 'info')).toEqual([])
  // No early record was pulled: the content came in the bootstrap snapshot.
  expect(db.prepare('SELECT seq FROM scope_base WHERE scope = ?').get(INCIDENT_SCOPE)).toEqual({ seq: 122 })
  expect(count(db, `SELECT count(*) AS count FROM record WHERE scope = '${INCIDENT_SCOPE}'`)).toBe(0)
  expect(db.prepare("SELECT key FROM meta WHERE key IN ('form', 'scrub')").all()).toEqual([])
  expect(db.prepare("SELECT value FROM meta WHERE key = 'hubId'").get()).toEqual({ value: served.team.about().hubId })

  // A device with another version of the app begins with the log.
  const other = await openWorkspaceUnderTest(makeTempFolder('old-way', 'quick'), undefined, { version: '0.0.0-other' })
  await served.join('mo', other)
  await untilSynced(other)
  await untilSynced(lin)
  await served.sayMore(3, '之后')
  for (const device of [lin, other]) await untilEntries(device, 124)
  expect(count(look(other), `SELECT count(*) AS count FROM record WHERE scope = '${INCIDENT_SCOPE}'`)).toBeGreaterThan(100)
  expect(content(db)).toEqual(content(look(other)))
  expect(await lin.value('workspace.verify', {})).toMatchObject({ ok: true })
  expect(existsSync(join(lin.dataFolder, 'hub.db'))).toBe(false)
  expect(readdirSync(join(lin.dataFolder, 'incoming'))).toEqual([])
  expect(served.faults).toEqual([])
})

test('P14: cut off by the line and by the end of the app, the file goes on where it was, and how much of it has come is told', async () => {
  const asked: string[] = []
  let cutting = true
  const served = await serveTeam(400, { bounds: { readBytes: 2048 } })
  served.server.app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith(`${BOOTSTRAP_SNAPSHOT_PATH}/`)) return
    asked.push(request.headers.range ?? 'whole')
    if (cutting) cutAfter(response, 5000)
  })
  const first = await served.join('lin')
  for (;;) {
    const { arriving, sync } = await first.value('workspace.status', {})
    expect(sync.connected).toBe(false)
    if (arriving?.state === 'waiting' && arriving.received > 0) {
      expect(arriving.size).toBeGreaterThan(arriving.received)
      break
    }
    await new Promise((resolve) => void setTimeout(resolve, 5))
  }
  await first.close()
  cutting = false
  const again = await openWorkspaceUnderTest(first.dataFolder)
  await untilSynced(again)
  expect(asked.length).toBeGreaterThanOrEqual(3)
  // No byte was fetched twice.
  const offsets = asked.map((range) => Number(/^bytes=(\d+)-$/.exec(range)?.[1]))
  expect(offsets).toEqual(offsets.toSorted((a, b) => a - b))
  expect(offsets.at(-1)).toBeGreaterThan(0)
  const db = look(again)
  expect(count(db, "SELECT count(*) AS count FROM entity WHERE kind = 'entry'")).toBe(400)
  expect(count(db, `SELECT count(*) AS count FROM record WHERE scope = '${INCIDENT_SCOPE}'`)).toBe(0)
  expect(await again.value('workspace.verify', {})).toMatchObject({ ok: true })
})

test('P14: a file that was tampered with is thrown away, and the device begins with the log', async () => {
  const served = await serveTeam(60, {
    maker: (real) => ({
      ...real,
      form: real.form,
      async make(job) {
        const made = await real.make(job)
        const bytes = readFileSync(job.file)
        bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
        writeFileSync(job.file, bytes)
        return made
      },
    }),
  })
  const lin = await served.join('lin')
  await untilSynced(lin)
  expect(lin.log.filter(({ message }) => message.includes('not what it offered'))).toHaveLength(2)
  expect(count(look(lin), `SELECT count(*) AS count FROM record WHERE scope = '${INCIDENT_SCOPE}'`)).toBe(61)
  expect(readdirSync(join(lin.dataFolder, 'incoming'))).toEqual([])
})

test('P10: what becomes restricted is in no file that is handed out from then on, not even in one that is on its way', async () => {
  const served = await serveTeam(40, { bounds: { readBytes: 2048 } })
  const hiddenEntry = (n: number) =>
    opText({
      type: 'entry.record',
      kind: 'entry',
      id: idOf(0x7000 + n),
      scope: incidentScope(HIDDEN),
      body: { kind: 'observation', text: `${TAINT} ${n}`, happenedAt: TWO_AT_NIGHT },
    })
  await served.say(declareText(HIDDEN), ...Array.from({ length: 30 }, (_, n) => hiddenEntry(n)))
  const { token, memberId } = await served.session('lin')
  const before = await offerOf(served, token)
  if (!before) throw new Error('nothing was offered')
  const whole = await served.get(`${BOOTSTRAP_SNAPSHOT_PATH}/${before.id}`, token)
  expect(whole.status).toBe(200)
  expect(zstdDecompressSync(whole.body).toString('latin1')).toContain(TAINT)

  const reading = await served.team.bootstrapSnapshots?.read(memberId, before.id, 0, () => Promise.resolve(true))
  expect((await reading?.bytes.next())?.done).toBe(false)
  await served.say(
    opText({ type: 'incident.restrict', kind: 'incident', id: HIDDEN, scope: incidentScope(HIDDEN), body: { members: [ANN] } }),
  )
  await expect(reading?.bytes.next()).rejects.toThrow()
  expect((await served.get(`${BOOTSTRAP_SNAPSHOT_PATH}/${before.id}`, token)).status).toBe(404)
  expect(readdirSync(join(served.folder, 'hub-bootstrap/files'))).toEqual([])

  const after = await offerOf(served, token)
  if (!after) throw new Error('nothing was offered')
  expect(after.id).not.toBe(before.id)
  const clean = await served.get(`${BOOTSTRAP_SNAPSHOT_PATH}/${after.id}`, token)
  const bytes = zstdDecompressSync(clean.body).toString('latin1')
  expect(bytes).not.toContain(TAINT)
  expect(bytes).not.toContain(HIDDEN)
  expect(bytes).toContain(INCIDENT)
})

test('a file is for members with a session and an app of the same form; whoever has neither, and whoever is not a member any more, gets nothing', async () => {
  const served = await serveTeam(40)
  const { token, memberId } = await served.session('lin')
  const offer = await offerOf(served, token)
  if (!offer) throw new Error('nothing was offered')
  expect(await offerOf(served, token, replicaForm('0.0.0-other'))).toBeNull()
  const path = `${BOOTSTRAP_SNAPSHOT_PATH}/${offer.id}`
  expect((await served.get(path, 'x'.repeat(30))).status).toBe(401)
  expect((await served.get(`${BOOTSTRAP_SNAPSHOT_PATH}?form=x`, 'x'.repeat(30))).status).toBe(401)
  expect((await served.get(`${BOOTSTRAP_SNAPSHOT_PATH}/..%2fmirror.db`, token)).status).toBe(404)
  expect((await served.get(path, token, { range: `bytes=${offer.size}-` })).status).toBe(404)
  const whole = await served.get(path, token)
  const end = await served.get(path, token, { range: 'bytes=100-' })
  expect([end.status, end.headers['content-range']]).toEqual([206, `bytes 100-${offer.size - 1}/${offer.size}`])
  expect(end.body.equals(whole.body.subarray(100))).toBe(true)
  await served.say(opText({ type: 'member.revoke', kind: 'member', id: memberId, body: { reason: '试' } }))
  // A revoked member has no session either.
  expect((await served.get(`${BOOTSTRAP_SNAPSHOT_PATH}?form=x`, token)).status).toBe(401)
  expect((await served.get(path, token)).status).toBe(401)
  expect(served.faults).toEqual([])
})

test('a device that has begun to work keeps its file: nothing written is lost to one that comes', async () => {
  const mayMake = Promise.withResolvers<null>()
  const served = await serveTeam(40, {
    maker: (real) => ({ form: real.form, close: () => real.close(), make: (job) => mayMake.promise.then(() => real.make(job)) }),
  })
  const lin = await served.join('lin')
  expect((await lin.value('workspace.status', {})).arriving).not.toBeNull()
  const db = new Database(join(lin.dataFolder, 'replica.db'))
  db.prepare("INSERT INTO attention (op_id, scope, bytes, code, params, at) VALUES ('x', 'team', '{}', 'not-permitted', '{}', 0)").run()
  db.close()
  mayMake.resolve(null)
  await untilSynced(lin)
  expect(count(look(lin), 'SELECT count(*) AS count FROM attention')).toBe(1)
  expect(count(look(lin), `SELECT count(*) AS count FROM record WHERE scope = '${INCIDENT_SCOPE}'`)).toBe(41)
})
