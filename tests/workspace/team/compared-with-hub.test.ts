import { hash as digest } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { CHAIN_START, chainText, type LogRecord } from '#domain/log/record.ts'
import { openWorkspaceUnderTest, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openHubApart } from './hub-apart.ts'

type Row = { seq: number; hub_time: number; actor: string; outcome: string; bytes: string; hash: string }

async function until(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let look = 0; look < 1200; look++) {
    if (await isSo()) return
    await wait(25)
  }
  throw new Error(`Never came to be: ${what}`)
}

const sent = (workspace: WorkspaceUnderTest) =>
  until(async () => (await workspace.value('workspace.status', {})).sync.pending === 0, 'nothing waits to be sent')
const inTouch = async (workspace: WorkspaceUnderTest) => {
  await workspace.value('membership.tryAgain', {})
  await until(async () => (await workspace.value('workspace.status', {})).sync.connected, 'in touch')
}

/** Writes into the stopped hub's database, as somebody with access to the hub's machine. */
function tamper(data: string, scope: string, change: (rows: Row[]) => Row[]): void {
  const db = new Database(join(data, 'hub.db'))
  // The database's own triggers do not stop somebody who has the file.
  db.exec('DROP TRIGGER IF EXISTS record_is_final_update; DROP TRIGGER IF EXISTS record_is_final_delete')
  const rows = db
    .prepare<[string], Row>('SELECT seq, hub_time, actor, outcome, bytes, hash FROM record WHERE scope = ? ORDER BY seq')
    .all(scope)
  const save = db.prepare('UPDATE record SET bytes = ?, hash = ? WHERE scope = ? AND seq = ?')
  const changed = change(rows)
  for (const { bytes, hash, seq } of changed) save.run(bytes, hash, scope, seq)
  const last = changed.at(-1)
  db.prepare('DELETE FROM record WHERE scope = ? AND seq > ?').run(scope, last?.seq ?? 0)
  db.prepare('UPDATE scope_head SET seq = ?, hash = ? WHERE scope = ?').run(last?.seq, last?.hash, scope)
  db.close()
}

const forge = (row: Row): Row => (row.bytes.includes('第 3 条') ? { ...row, bytes: row.bytes.replace('第 3 条', '第 8 条') } : row)

/** Recomputes the chain, as a forger of a record would. */
function chainAgain(scope: string, rows: readonly Row[]): Row[] {
  let before = CHAIN_START
  return rows.map((row) => {
    const unsigned = {
      scope,
      seq: row.seq,
      hubTime: row.hub_time,
      actor: row.actor,
      outcome: JSON.parse(row.outcome) as LogRecord['outcome'],
      bytes: row.bytes,
    } as Omit<LogRecord, 'hash'>
    before = digest('sha256', chainText(before, unsigned))
    return { ...row, hash: before }
  })
}

test(
  'P11, T2: a device holds what its hub shows now against what it showed before, and names the first record that differs',
  { timeout: 60_000 },
  async () => {
    const hub = await openHubApart()
    const ann = await openWorkspaceUnderTest(makeTempFolder('ann', 'quick'))
    const joined = await ann.call('membership.join', {
      code: await hub.founding(),
      name: '安',
      login: 'an',
      password: '一只猫走过屋顶 42',
      device: 'x',
      language: 'zh-Hans',
    })
    expect(joined.ok).toBe(true)
    await until(async () => (await ann.value('workspace.status', {})).me !== null, '安 is in')
    const { id } = await ann.value('incidents.declare', {
      title: '净化器起火',
      type: 'product-problem',
      // At level I the hub would write as well, at a time of its own.
      level: 2,
      stage: 'initial-complaint',
    })
    for (let n = 1; n <= 6; n++) await ann.value('timeline.record', { incidentId: id, kind: 'observation', text: `第 ${n} 条` })
    await sent(ann)
    await inTouch(ann)
    const scope = `incident:${id}`
    const faults = async () => {
      const report = await ann.value('workspace.verify', {})
      return {
        ok: report.ok,
        reached: report.hub?.reached,
        faults: report.scopes.flatMap((one) => (one.fault ? [{ scope: one.scope, ...one.fault }] : [])),
      }
    }
    expect(await faults()).toEqual({ ok: true, reached: true, faults: [] })
    const compared = (await ann.value('workspace.verify', {})).hub
    expect(compared?.records).toBeGreaterThan(7)

    await hub.stop()
    expect(await faults()).toEqual({ ok: true, reached: false, faults: [] })

    // One text changed, and nothing else.
    let original: Row[] = []
    let seq = 0
    tamper(hub.data, scope, (rows) => {
      original = rows
      seq = rows.find((row) => forge(row) !== row)?.seq ?? 0
      return rows.map(forge)
    })
    expect(seq).toBeGreaterThan(1)
    await hub.start()
    await inTouch(ann)
    expect(await faults()).toEqual({ ok: false, reached: true, faults: [{ scope, seq, kind: 'hub' }] })

    // The chain recomputed from there: only the hub's earlier signatures reveal it, and the fault stays reported as the log grows.
    await hub.stop()
    tamper(hub.data, scope, () => chainAgain(scope, original.map(forge)))
    await hub.start()
    await inTouch(ann)
    await ann.value('timeline.record', { incidentId: id, kind: 'observation', text: '之后又写了一条' })
    await sent(ann)
    await inTouch(ann)
    expect(await faults()).toEqual({ ok: false, reached: true, faults: [{ scope, seq, kind: 'hub' }] })
    expect((await ann.value('workspace.status', {})).sync.missing.records).toBe(original.length - seq + 1)
    expect((await ann.value('workspace.missing', {})).texts[0]).toMatchObject({ scope, seq, altered: true, text: '第 3 条' })
    expect(ann.faults).toEqual([])
  },
)
