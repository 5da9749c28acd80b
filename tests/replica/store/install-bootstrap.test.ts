import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase, type Db } from '#storage/open-database.ts'
import { makeBootstrapSnapshot } from '#replica/bootstrap/make-bootstrap-snapshot.ts'
import { installBootstrap, isUntouched } from '#replica/store/install-bootstrap.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { createReplicaStore, REAL_EDGE } from '#replica/store/replica-store.ts'
import { ANN, BEN, declareText, entryText, idOf, joinText } from '#tests/support/log-texts.ts'
import { inParallel, readTrace, runTraced, SCRIPTS, spread, whyNoStrace } from '#tests/support/strace.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const ENTRIES = 30
const skipReason = whyNoStrace()

/** A bootstrap snapshot of a small team, and the own replica of a device that has just joined. */
async function openArrival() {
  const folder = makeTempFolder('adopt', 'quick')
  const hub = await openTeamHub(folder)
  onTestFinished(() => hub.close())
  const link = hub.link(ANN, { kind: 'founder' })
  await link.push([
    joinText(ANN, '安', 'commander'),
    declareText(),
    ...Array.from({ length: ENTRIES }, (_, n) => entryText(idOf(0x500 + n), `第 ${n} 条`)),
  ])
  const packed = join(folder, 'ready.zst')
  const made = await makeBootstrapSnapshot({
    folder: join(folder, 'mirror'),
    file: packed,
    form: 'test',
    memberId: ANN,
    link: hub.link(ANN),
    edge: REAL_EDGE,
  })
  if (!made) throw new Error('nothing was made')
  writeFileSync(join(folder, 'ready.db'), zstdDecompressSync(readFileSync(packed)))
  const opened = openDatabase(join(folder, 'own.db'), REPLICA_SCHEMA, true)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const store = createReplicaStore(opened.db)
  store.meta.write('memberId', BEN)
  store.meta.write('joined', '{"token":"secret"}')
  store.prepareIdentity()
  const replicaId = store.meta.require('replicaId')
  opened.db.prepare("INSERT INTO import_mapping (target, columns, mapping, used_at) VALUES ('entry', 'a', '{}', 1)").run()
  opened.db.close()
  return {
    from: { hubId: hub.team.about().hubId, epoch: made.epoch },
    replicaId,
    /** Copies both files into a new folder. */
    place(name: string) {
      const data = join(folder, name)
      mkdirSync(data)
      const files = { own: join(data, 'replica.db'), ready: join(data, 'ready.db') }
      copyFileSync(join(folder, 'own.db'), files.own)
      copyFileSync(join(folder, 'ready.db'), files.ready)
      return files
    },
  }
}

function change(file: string, sql: string): void {
  const db = new Database(file)
  db.exec(sql)
  db.close()
}

/** Opens a replica as the app does and tells which one it is, the old or the new one; throws on anything else. */
function stateOf(own: string, replicaId: string): 'old' | 'new' {
  const opened = openDatabase(own, REPLICA_SCHEMA, false)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { db } = opened
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    const { meta } = createReplicaStore(db)
    expect([meta.read('memberId'), meta.read('joined'), meta.read('replicaId')]).toEqual([BEN, '{"token":"secret"}', replicaId])
    expect(db.prepare('SELECT count(*) FROM import_mapping').pluck().get()).toBe(1)
    const entries = db.prepare("SELECT count(*) FROM entity WHERE kind = 'entry'").pluck().get()
    if (entries === 0) {
      expect(isUntouched(db)).toBe(true)
      return 'old'
    }
    expect(entries).toBe(ENTRIES)
    expect(db.prepare('SELECT count(*) FROM cursor JOIN scope_base USING (scope, seq, hash)').pluck().get()).toBe(2)
    expect(meta.read('hubKey')).not.toBeNull()
    return 'new'
  } finally {
    db.close()
  }
}

test('a bootstrap snapshot takes the place of an untouched one, which stays who it is', async () => {
  const { place, from, replicaId } = await openArrival()
  const { own, ready } = place('whole')
  expect(installBootstrap(own, ready, from)).toEqual({ ok: true })
  expect(stateOf(own, replicaId)).toBe('new')
  expect(existsSync(ready)).toBe(false)
})

test("P14: a file that is not the hub's word for this device, or a device that has begun to work, leaves everything as it was", async () => {
  const { place, from, replicaId } = await openArrival()
  const spoilt: [string, string][] = [
    ['other tables', 'PRAGMA user_version = 99'],
    ['other ops', "UPDATE meta SET value = 'x' WHERE key = 'knownTypes'"],
    ['another hub', "UPDATE meta SET value = 'x' WHERE key = 'hubId'"],
    ['another life of the log', "UPDATE meta SET value = 'x' WHERE key = 'epoch'"],
    ['an op of somebody', "INSERT INTO outbox VALUES (1, 'x', 'team', 'k', 'i', '{}', 0)"],
    ['a head that was not signed', 'UPDATE signed_head SET seq = seq + 1'],
    ['what is private', `UPDATE cursor SET scope = 'private:${ANN}' WHERE scope = 'team'`],
    ['no tables', 'DROP TABLE meta'],
  ]
  for (const [name, sql] of spoilt) {
    const { own, ready } = place(name)
    change(ready, sql)
    expect(installBootstrap(own, ready, from), name).toMatchObject({ ok: false })
    expect(stateOf(own, replicaId), name).toBe('old')
    expect(existsSync(ready), name).toBe(false)
  }
  const noise = place('noise')
  writeFileSync(noise.ready, 'no database at all')
  expect(installBootstrap(noise.own, noise.ready, from)).toMatchObject({ ok: false })

  const busy = place('busy')
  change(busy.own, "INSERT INTO outbox VALUES (1, 'x', 'team', 'k', 'i', '{}', 0)")
  expect(installBootstrap(busy.own, busy.ready, from)).toMatchObject({ ok: false, why: 'work has begun' })

  // Another process on the same folder would keep writing into the replaced file.
  const shared = place('shared')
  const other = openDatabase(shared.own, REPLICA_SCHEMA, false) as { ok: true; db: Db }
  other.db.prepare('SELECT * FROM meta').all()
  expect(installBootstrap(shared.own, shared.ready, from)).toMatchObject({ ok: false })
  other.db.close()
  expect(stateOf(shared.own, replicaId)).toBe('old')
})

test.skipIf(skipReason !== null)(
  `P14: killed at any write of putting it in place, there is the old one or the new one, never half${skipReason ? ` (skipped: ${skipReason})` : ''}`,
  { timeout: 600_000 },
  async () => {
    const { place, from, replicaId } = await openArrival()
    const script = join(SCRIPTS, 'installing-session.ts')
    const calls = 'pwrite64,fdatasync,fsync,ftruncate,rename,unlink'
    const whole = place('traced')
    const log = join(makeTempFolder('trace', 'quick'), 'trace')
    const ended = await runTraced(script, [whole.own, whole.ready, from.hubId, from.epoch], [], calls, log)
    expect(ended.lines).toEqual([{ ended: true, ok: true }])
    const counts = new Map<string, number>()
    for (const { name, text } of readTrace(log)) if (!text.includes('pipe:')) counts.set(name, (counts.get(name) ?? 0) + 1)
    const points = [...counts].flatMap(([name, count]) =>
      spread(
        Array.from({ length: count }, (_, index) => index + 1),
        4,
      ).map((nth) => ({ name, nth })),
    )
    expect(points.length).toBeGreaterThan(4)
    const seen = new Set<string>()
    await inParallel(points, 2, async ({ name, nth }) => {
      const { own, ready } = place(`${name}-${nth}`)
      await runTraced(script, [own, ready, from.hubId, from.epoch], [`inject=${name}:signal=KILL:when=${nth}`], name)
      seen.add(stateOf(own, replicaId))
      // The next start retries the installation if it did not complete.
      if (existsSync(ready) && stateOf(own, replicaId) === 'old') {
        copyFileSync(join(own, '../../ready.db'), ready)
        expect(installBootstrap(own, ready, from)).toEqual({ ok: true })
        expect(stateOf(own, replicaId)).toBe('new')
      }
    })
    expect([...seen].toSorted()).toEqual(['new', 'old'])
  },
)
