import { cpSync, mkdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openHub } from '#hub/open-hub.ts'
import { openReplica } from '#replica/open-replica.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { readTrace, runTraced, SCRIPTS, spread, whyNoStrace, type SystemCall, type Traced } from '#tests/support/strace.ts'
import { declareIncident, openReadyWorkspace, openWorkspaceUnderTest, waitForSync } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const skipReason = whyNoStrace()
const because = skipReason ? ` (skipped: ${skipReason})` : ''
const MOST = process.env['STORMROOM_CRASH'] === undefined ? 14 : Number.POSITIVE_INFINITY
const TIMEOUT = { timeout: Number.isFinite(MOST) ? 600_000 : 8 * 3_600_000 }

test('D3: every connection is durable: WAL, synchronous FULL, foreign keys, a busy timeout', async () => {
  const folder = makeTempFolder('durable')
  const hub = openHub(join(folder, 'hub.db'), true, () => 0)
  const replica = openReplica({
    file: join(folder, 'replica.db'),
    dataFolder: folder,
    mayCreate: true,
    readOnly: false,
    tableWorker: workerUrls(import.meta.url).table,
    announce: () => undefined,
    onSyncTrouble: () => undefined,
    onFault: () => undefined,
  })
  if (!hub.ok || !replica.ok) throw new Error('not opened')
  for (const { db } of [hub.hub, replica.replica]) {
    const read = (name: string) => db.pragma(name, { simple: true })
    expect([read('journal_mode'), read('synchronous'), read('foreign_keys'), Number(read('busy_timeout')) > 0]).toEqual(['wal', 2, 1, true])
  }
  await replica.replica.close()
  await hub.hub.close()
})

/** A closed data folder after the first run, with one incident. */
async function prepare(folder: string): Promise<string> {
  const under = await openReadyWorkspace(folder)
  const incidentId = await declareIncident(under)
  await waitForSync(under)
  await under.close()
  return incidentId
}

const isSync = ({ name }: SystemCall) => name === 'fsync' || name === 'fdatasync'
const isReplicaLog = ({ text }: SystemCall) => text.includes('/replica.db-wal')

test.skipIf(skipReason !== null)(
  `D3: what is confirmed was synced before: no write to the replica's log is open when the screen is told${because}`,
  TIMEOUT,
  async () => {
    const root = makeTempFolder('trace', 'quick')
    const outside = join(root, 'outside')
    mkdirSync(outside)
    const log = join(root, 'log')
    const session = await runTraced(
      join(SCRIPTS, 'scripted-session.ts'),
      [join(root, 'data'), outside],
      [],
      'pwrite64,fdatasync,fsync,write',
      log,
    )
    expect(session.lines.at(-1)).toEqual({ ended: true })
    let unsynced = 0
    let synced = 0
    let confirmed = 0
    for (const call of readTrace(log)) {
      if (call.name === 'pwrite64' && isReplicaLog(call)) unsynced += 1
      if (isSync(call) && isReplicaLog(call)) {
        unsynced = 0
        synced += 1
      }
      // The session's writing acts, as they appear on its standard output.
      if (call.name !== 'write' || !/^1<.*"\{\\"done\\":\\"(?!imports\.(inspect|check|write))/u.test(call.text)) continue
      confirmed += 1
      expect([call.text, unsynced]).toEqual([call.text, 0])
      expect(synced).toBeGreaterThan(0)
      synced = 0
    }
    expect(confirmed).toBe(session.lines.filter((line) => 'done' in line && !String(line['done']).startsWith('imports.')).length)
    expect(confirmed).toBeGreaterThan(25)
  },
)

test.skipIf(skipReason !== null)(
  `D3: evidence and its name in the folder are synced before the table knows them${because}`,
  TIMEOUT,
  async () => {
    const root = makeTempFolder('trace', 'quick')
    const outside = join(root, 'outside')
    mkdirSync(outside)
    const log = join(root, 'log')
    await runTraced(join(SCRIPTS, 'scripted-session.ts'), [join(root, 'data'), outside], [], 'fdatasync,fsync,rename,renameat2,write', log)
    const calls = readTrace(log)
    const confirmed = calls.findIndex((call) => call.name === 'write' && call.text.includes('evidence.keepPath'))
    const before = calls.slice(0, confirmed)
    const content = before.findIndex((call) => isSync(call) && call.text.includes('.incoming'))
    const named = before.findIndex((call) => call.name.startsWith('rename') && call.text.includes('.incoming'))
    const folder = before.findLastIndex((call) => isSync(call) && /\/evidence\/?[0-9a-f]{0,2}>/u.test(call.text))
    const table = before.findLastIndex((call) => isSync(call) && isReplicaLog(call))
    expect(Math.min(content, named, folder, table)).toBeGreaterThan(-1)
    expect([content, named, folder, table].toSorted((a, b) => a - b)).toEqual([content, named, folder, table])
  },
)

/** Checks that confirmed data is there, the logs are sound, and work continues. */
async function expectSoundAfter(data: string, incidentId: string, { lines }: Traced): Promise<void> {
  expect(lines.filter((line) => 'fault' in line)).toEqual([])
  const under = await openWorkspaceUnderTest(data)
  for (const line of lines.filter((one) => 'done' in one)) {
    const entry = await under.value('timeline.entry', { incidentId, entryId: String(line['done']) })
    expect(entry.text).toBe(line['text'])
  }
  await waitForSync(under)
  expect(await under.value('workspace.verify', {})).toMatchObject({ ok: true })
  await under.value('timeline.record', { incidentId, kind: 'observation', text: '之后' })
  await under.close()
}

test.skipIf(skipReason !== null)(
  `S8: a disk without room refuses what it cannot keep, keeps what it confirmed, and goes on when there is room again${because}`,
  TIMEOUT,
  async () => {
    const root = makeTempFolder('full', 'quick')
    const incidentId = await prepare(join(root, 'start'))
    let refused = 0
    let recovered = 0
    for (const first of [3, 40, 77, 120, 163, 300]) {
      const data = join(root, 'data')
      cpSync(join(root, 'start'), data, { recursive: true })
      const session = await runTraced(
        join(SCRIPTS, 'writing-session.ts'),
        [data, '60'],
        [`inject=pwrite64:error=ENOSPC:when=${first}..${first + 30}`],
        'pwrite64',
      )
      const failed = session.lines.filter((line) => 'failed' in line)
      expect(failed.filter((line) => line['failed'] !== 'not-saved')).toEqual([])
      refused += failed.length
      if (failed.length > 0 && 'done' in (session.lines.at(-2) ?? {})) recovered += 1
      expect(session.lines.at(-1)).toMatchObject({ ended: true })
      await expectSoundAfter(data, incidentId, session)
      rmSync(data, { recursive: true })
    }
    expect(refused).toBeGreaterThan(5)
    expect(recovered).toBeGreaterThan(2)
  },
)

test.skipIf(skipReason !== null)(
  `D5: after a failed sync of the replica's log nothing more is confirmed; a failed sync of the hub's loses nothing${because}`,
  TIMEOUT,
  async () => {
    const root = makeTempFolder('eio', 'quick')
    const incidentId = await prepare(join(root, 'start'))
    const struck = { replica: 0, hub: 0, other: 0 }
    let told = 0
    for (const nth of spread(
      Array.from({ length: 60 }, (_, index) => index + 1),
      MOST,
    )) {
      const data = join(root, 'data')
      cpSync(join(root, 'start'), data, { recursive: true })
      const log = join(root, 'log')
      const session = await runTraced(
        join(SCRIPTS, 'writing-session.ts'),
        [data, '20'],
        [`inject=fsync,fdatasync:error=EIO:when=${nth}`],
        'fsync,fdatasync,write',
        log,
      )
      const calls = readTrace(log)
      const failure = calls.findIndex((call) => call.injected)
      const confirmedAfter = calls.slice(failure + 1).filter((call) => call.name === 'write' && call.text.includes('\\"done\\":'))
      const where = calls[failure]?.text.includes('/replica.db-wal')
        ? 'replica'
        : calls[failure]?.text.includes('/hub.db-wal')
          ? 'hub'
          : 'other'
      if (failure >= 0) struck[where] += 1
      if (where === 'replica') {
        expect(confirmedAfter).toEqual([])
        told += session.lines.filter((line) => line['failed'] === 'not-saved').length
      }
      await expectSoundAfter(data, incidentId, session)
      rmSync(data, { recursive: true })
    }
    // Which log a sampled call hits depends on the timing of replica and hub; each must have been hit.
    expect(struck.replica).toBeGreaterThan(0)
    expect(struck.hub).toBeGreaterThan(0)
    expect(told).toBeGreaterThan(0)
  },
)

test('D4: a replica whose log was cut off at any page of it opens, and has everything again from the hub', TIMEOUT, async () => {
  const root = makeTempFolder('cut', 'quick')
  const incidentId = await prepare(join(root, 'start'))
  const under = await openWorkspaceUnderTest(join(root, 'start'))
  for (let index = 0; index < 12; index++) await under.value('timeline.record', { incidentId, kind: 'observation', text: `第 ${index} 条` })
  await waitForSync(under)
  cpSync(join(root, 'start'), join(root, 'copy'), { recursive: true })
  await under.close()
  const length = statSync(join(root, 'copy', 'replica.db-wal')).size
  const frames = Math.floor((length - 32) / (4096 + 24))
  expect(frames).toBeGreaterThan(20)
  for (const frame of spread(
    Array.from({ length: frames + 1 }, (_, index) => index),
    25,
  )) {
    const data = join(root, 'data')
    cpSync(join(root, 'copy'), data, { recursive: true })
    // The shared-memory file belongs to the living process and does not survive it.
    rmSync(join(data, 'replica.db-shm'), { force: true })
    rmSync(join(data, 'hub.db-shm'), { force: true })
    truncateSync(join(data, 'replica.db-wal'), frame === 0 ? 0 : 32 + frame * (4096 + 24))
    const opened = await openWorkspaceUnderTest(data)
    await waitForSync(opened)
    await opened.value('timeline.record', { incidentId, kind: 'observation', text: '之后' })
    await waitForSync(opened)
    const outline = await opened.value('timeline.outline', { incidentId, filter: { kinds: ['observation'] }, zone: 'Asia/Shanghai' })
    expect([frame, outline.total]).toEqual([frame, 13])
    expect(await opened.value('workspace.verify', {})).toMatchObject({ ok: true })
    await opened.close()
    rmSync(data, { recursive: true })
  }
})
