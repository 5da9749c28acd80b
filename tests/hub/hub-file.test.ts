import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { findChainFault } from '#domain/log/record.ts'
import { claimServing } from '#hub/database/claim-serving.ts'
import { openHub } from '#hub/open-hub.ts'
import { ANN, declareText, entryText, idOf, INCIDENT_SCOPE, joinText, sha256 } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const SESSION = { memberId: ANN, admission: null }

function openFile(file: string) {
  const opened = openHub(file, true, () => 0)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  onTestFinished(() => opened.hub.close())
  return opened.hub
}

/** The tables as the first version created them. */
const FIRST_SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE scope_head (scope TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE record (
    scope TEXT NOT NULL, seq INTEGER NOT NULL, op_id TEXT NOT NULL UNIQUE, hub_time INTEGER NOT NULL, actor TEXT NOT NULL,
    outcome TEXT NOT NULL, bytes TEXT NOT NULL, hash TEXT NOT NULL, UNIQUE (scope, seq)
  );
  CREATE TABLE entity (kind TEXT NOT NULL, id TEXT NOT NULL, scope TEXT NOT NULL, body TEXT NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
  PRAGMA user_version = 1;
`

test('S12: a file of the first version goes on where it stood', async () => {
  const folder = makeTempFolder('hub-file', 'quick')
  const present = openFile(join(folder, 'present.db'))
  await present.log.submit([joinText(ANN, '安', 'commander'), declareText()], SESSION)

  const file = join(folder, 'hub.db')
  const old = new Database(file)
  old.exec(FIRST_SCHEMA)
  old.exec(`ATTACH '${join(folder, 'present.db')}' AS present`)
  for (const table of ['meta', 'record', 'entity']) old.exec(`INSERT INTO ${table} SELECT * FROM present.${table}`)
  old.exec('INSERT INTO scope_head SELECT scope, seq, hash FROM present.scope_head')
  old.close()

  const hub = openFile(file)
  expect(await hub.epoch()).toBe(await present.epoch())
  const { records } = await hub.log.submit([entryText(idOf(9), '新')], SESSION)
  expect(records[0]).toMatchObject({ scope: INCIDENT_SCOPE, seq: 2, outcome: { kind: 'accepted' } })
  expect(findChainFault(await hub.log.readAfter(ANN, INCIDENT_SCOPE, 0, 10), sha256, INCIDENT_SCOPE)).toBeNull()
})

test('several processes may open one file for local use: what each writes, the others go on from', async () => {
  const file = join(makeTempFolder('hub-file', 'quick'), 'hub.db')
  const [one, other] = [openFile(file), openFile(file)]
  await one.log.submit([joinText(ANN, '安', 'commander'), declareText()], SESSION)
  const seqs: number[] = []
  for (let n = 0; n < 10; n++) {
    const { records } = await (n % 2 === 0 ? other : one).log.submit([entryText(idOf(50 + n), `第 ${n} 条`)], SESSION)
    seqs.push(records[0]?.seq ?? 0)
  }
  expect(seqs).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  const both = await Promise.all([one, other].map((hub, index) => hub.log.submit([entryText(idOf(80 + index), '同时')], SESSION)))
  expect(both.map(({ records }) => records[0]?.seq).toSorted()).toEqual([12, 13])
})

test('one process serves a team from a file: a second is refused, until the first lets go or dies', async () => {
  const file = join(makeTempFolder('hub-file'), 'hub.db')
  const hub = openFile(file)
  const mine = claimServing(file)
  expect(mine).not.toBeNull()
  expect(claimServing(file)).toBeNull()
  mine?.release()

  const script = `import { claimServing } from '#hub/database/claim-serving.ts'; console.log(claimServing(${JSON.stringify(file)}) ? 'held' : 'refused'); setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  expect(String(said).trim()).toBe('held')
  expect(claimServing(file)).toBeNull()
  // Local use continues beside the serving process.
  await hub.log.submit([joinText(ANN, '安', 'commander')], SESSION)
  child.kill('SIGKILL')
  await ended
  const again = claimServing(file)
  expect(again).not.toBeNull()
  again?.release()
})
