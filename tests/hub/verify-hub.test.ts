import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { rowSum } from '#storage/row-sum.ts'
import { createEvidenceRights } from '#hub/evidence/evidence-rights.ts'
import { openHub } from '#hub/open-hub.ts'
import { verifyHub } from '#hub/verify/verify-hub.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, entryText, idOf, INCIDENT, joinText, opText } from '#tests/support/log-texts.ts'
import { openTeamHub, openTeamOver } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openLog, ENGINES, titleOf } from './open-log.ts'

const SECRET_INCIDENT = idOf(7)
const file = { hash: 'a'.repeat(64), size: 3, mime: 'text/plain', name: 'a.txt' }

/** A team of two over a real file: an open incident and a restricted one, a file, a refusal, a second epoch. */
async function openTeam() {
  const folder = makeTempFolder('hub', 'quick')
  const clock = createFakeClock()
  const { hub, team, link, close } = await openTeamHub(folder, clock.now)
  await team.setTeamName('清风')
  await link(ANN, { kind: 'founder' }).push([joinText(ANN, '安', 'commander')])
  await link(BEN, { kind: 'invited', role: 'pr', vendor: null, mayActAs: [] } as never).push([joinText(BEN, '本')])
  await createEvidenceRights(hub.database.kysely, hub.log.mayRead).noteHolder(ANN, file.hash)
  await link(ANN).push([
    declareText(undefined, { level: 2 }),
    entryText(idOf(50), '门店排队', { evidence: [file] }),
    entryText(idOf(51), '第二条'),
  ])
  await link(ANN).push([
    declareText(SECRET_INCIDENT),
    opText({
      type: 'incident.restrict',
      kind: 'incident',
      id: SECRET_INCIDENT,
      scope: `incident:${SECRET_INCIDENT}`,
      body: { members: [ANN] },
    }),
  ])
  await link(BEN).push([
    opText({ type: 'incident.restrict', kind: 'incident', id: idOf(999), body: { members: [BEN] } }),
    entryText(idOf(52), '本写的'),
  ])
  await team.beginEpoch()
  return { folder, clock, hub, team, close }
}

type Cell = string | number | null
const rowsOf = (db: Database.Database, table: string) => db.prepare<[], Record<string, Cell>>(`SELECT * FROM ${table}`).all()
const flipped = (value: Cell): Cell =>
  value === null ? 1 : typeof value === 'number' ? value + 1 : value === '' ? 'x' : value.slice(0, -1) + (value.endsWith('7') ? '8' : '7')

/** The columns that identify a row of a table. */
const KEYS: Record<string, readonly string[]> = {
  record: ['scope', 'seq'],
  scope_head: ['scope'],
  scope_reader: ['scope', 'member_id'],
  entity: ['kind', 'id'],
  evidence_use: ['hash', 'scope'],
  replica_counter: ['replica_id', 'member_id'],
  epoch: ['number'],
  meta: ['key'],
}
/** Keys that describe the team. The others state when the hub was last able to write and how far its webhooks have come. */
const SIGNED: readonly Cell[] = ['hubId', 'privateKey', 'epoch', 'teamName', 'seal']
const isNoted = (table: string, row: Record<string, Cell>) => table === 'meta' && !SIGNED.includes(row['key'] ?? null)

test(
  'P11: whatever single value is changed beside or in the log, and whatever single row is taken out, the hub finds it',
  { timeout: 120_000 },
  async () => {
    const { folder, clock, close } = await openTeam()
    await close()
    const opened = openHub(join(folder, 'hub.db'), false, clock.now)
    if (!opened.ok) throw new Error(opened.trouble.detail)
    const { hub } = opened
    expect(await verifyHub(hub)).toMatchObject({ ok: true, databases: [{ ok: true, detail: null }] })
    const db = new Database(join(folder, 'hub.db'))
    db.exec('DROP TRIGGER record_is_final_update; DROP TRIGGER record_is_final_delete')
    let tried = 0
    for (const [table, keys] of Object.entries(KEYS)) {
      const rows = rowsOf(db, table).filter((row) => !isNoted(table, row))
      expect(rows.length, table).toBeGreaterThan(0)
      for (const row of rows) {
        const where = keys.map((key) => `${key} = @${key}`).join(' AND ')
        for (const [column, value] of Object.entries(row)) {
          const changed = { ...row, was: flipped(value) }
          try {
            db.prepare(`UPDATE ${table} SET ${column} = @was WHERE ${where}`).run(changed)
          } catch {
            // Two rows with one key: the database itself refuses this.
            continue
          }
          tried += 1
          const report = await verifyHub(hub)
          expect(report.ok, `${table} ${JSON.stringify(row)} ${column}`).toBe(false)
          db.prepare(`DELETE FROM ${table} WHERE ${keys.map((key) => `${key} = @${key}`).join(' AND ')}`).run({
            ...row,
            [column]: keys.includes(column) ? changed.was : value,
          })
          db.prepare(
            `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
              .map((name) => `@${name}`)
              .join(', ')})`,
          ).run(row)
        }
        // A device without known counters is valid: counters were not stored in earlier versions.
        if (table === 'replica_counter') continue
        db.prepare(`DELETE FROM ${table} WHERE ${where}`).run(row)
        expect((await verifyHub(hub)).ok, `${table} without ${JSON.stringify(row)}`).toBe(false)
        db.prepare(
          `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
            .map((name) => `@${name}`)
            .join(', ')})`,
        ).run(row)
      }
    }
    expect(tried).toBeGreaterThan(120)
    expect((await verifyHub(hub)).ok).toBe(true)
    db.close()
    await hub.close()
  },
)

function write(db: Database.Database, kind: string, id: string, change: (body: string) => string): void {
  const row = db
    .prepare<[string, string], { scope: string; body: string }>('SELECT scope, body FROM entity WHERE kind = ? AND id = ?')
    .get(kind, id)
  if (!row) throw new Error(`No ${kind} ${id}`)
  const body = change(row.body)
  expect(body).not.toBe(row.body)
  db.prepare('UPDATE entity SET body = ?, sum = ? WHERE kind = ? AND id = ?').run(body, rowSum(kind, id, row.scope, body), kind, id)
}

test('a text forged in the table of state with a sum that fits is named by scope and record; the log beside it is sound', async () => {
  const { folder, hub } = await openTeam()
  const db = new Database(join(folder, 'hub.db'))
  write(db, 'entry', idOf(51), (body) => body.replace('第二条', '没有的事'))
  db.close()
  const faults = (await verifyHub(hub)).scopes.filter(({ fault }) => fault)
  expect(faults.map(({ scope, fault }) => ({ scope, fault }))).toEqual([
    { scope: `incident:${INCIDENT}`, fault: { seq: 3, kind: 'state' } },
  ])
})

test('who is made an owner in the table is none after the next start of the hub: the log says who is', async () => {
  const { folder, clock, close } = await openTeam()
  await close()
  const db = new Database(join(folder, 'hub.db'))
  write(db, 'member', BEN, (body) => body.replace('"owner":false', '"owner":true').replace('"role":"pr"', '"role":"commander"'))
  db.prepare(
    "INSERT INTO entity (kind, id, scope, body, sum) SELECT kind, ?, scope, body, sum FROM entity WHERE kind = 'member' AND id = ?",
  ).run(idOf(0xc), ANN)
  db.close()
  const opened = openHub(join(folder, 'hub.db'), false, clock.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  expect((await verifyHub(opened.hub)).scopes.find(({ scope }) => scope === 'team')?.fault).toMatchObject({ kind: 'state' })
  const said: unknown[] = []
  const { team, close: end } = await openTeamOver(opened.hub, folder, clock.now, said)
  expect(await team.readMember(BEN)).toMatchObject({ owner: false, role: 'pr' })
  expect(await team.readMember(idOf(0xc))).toBeNull()
  expect(said).toHaveLength(1)
  expect((await verifyHub(opened.hub)).ok).toBe(true)
  await end()
})

for (const { engine, missing } of ENGINES) {
  test.skipIf(missing !== null)(
    `a hub that nobody touched is sound over ${titleOf(engine, missing)}, and one that has lost a record is not`,
    async () => {
      const { hub, submitAll, run } = await openLog(engine)
      await submitAll([declareText(undefined, { level: 2 }), entryText(idOf(60), '一'), entryText(idOf(61), '二')])
      expect(await verifyHub(hub)).toMatchObject({ ok: true })
      await run(engine === 'sqlite' ? 'DROP TRIGGER record_is_final_delete' : 'DROP TRIGGER record_is_final ON record')
      await run(`DELETE FROM record WHERE scope = 'incident:${INCIDENT}' AND seq = 2`)
      expect((await verifyHub(hub)).scopes.find(({ scope }) => scope === `incident:${INCIDENT}`)?.fault).toEqual({ seq: 2, kind: 'gap' })
    },
  )
}
