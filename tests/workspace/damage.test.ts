import {
  appendFileSync,
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, expect, test } from 'vitest'
import { tmpdir } from 'node:os'
import { createRandom } from '#tests/support/seeded.ts'
import {
  declareIncident,
  openReadyWorkspace,
  openWorkspaceUnderTest,
  waitForSync,
  type WorkspaceUnderTest,
} from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** A folder with an incident, a closed replica and hub, and a backup; copied for every kind of damage. */
let whole = ''
let incidentId = ''
let said = ''

const ENTRIES = 260

/**
 * All that a user sees, as one text. Of the search, only hits that do not match: the search index has no checksums, so a
 * damaged index may find less, but its hits are read from rows that have checksums.
 */
async function whatIsShown(under: WorkspaceUnderTest): Promise<string> {
  const incidents = await under.value('incidents.list', {})
  const rows: unknown[] = []
  for (const incident of incidents) {
    for (let page = 0; ; page++) {
      const read = await under.value('timeline.page', { incidentId: incident.id, filter: {}, page })
      if (read.rows.length === 0) break
      rows.push(...read.rows)
    }
  }
  const found = await under.value('search.query', { text: '饮用水', limit: 200 })
  const { me } = await under.value('workspace.status', {})
  return JSON.stringify([me, incidents, rows, found.hits.filter((hit) => !hit.excerpt.includes('饮用水'))])
}

beforeAll(async () => {
  whole = mkdtempSync(join(tmpdir(), 'stormroom-damage-'))
  const { openWorkspace } = await import('#workspace/workspace.ts')
  const { workerUrls } = await import('#workspace/worker-urls.ts')
  const workspace = await openWorkspace({
    dataFolder: whole,
    version: '0.0.0-test',
    workers: workerUrls(import.meta.url),
    log: () => undefined,
  })
  const { handlers } = workspace
  await handlers['workspace.setUp']({ name: '安', role: 'commander', language: 'zh-Hans' })
  const declared = await handlers['incidents.declare']({
    title: '门店饮用水投诉',
    type: 'product-problem',
    level: 1,
    stage: 'initial-complaint',
    known: '',
    mode: 'real',
  })
  if (!declared.ok) throw new Error('not declared')
  incidentId = declared.value.id
  for (let index = 0; index < ENTRIES; index++) {
    await handlers['timeline.record']({
      incidentId,
      kind: 'observation',
      text: `第 ${index} 条：饮用水样本 ${'送检'.repeat(index % 40)}`,
      tags: [`批次${index % 7}`],
    })
  }
  const backup = await handlers['workspace.backUpNow']({})
  if (!backup.ok) throw new Error('no backup')
  await workspace.close()
  const under = await openWorkspace({
    dataFolder: whole,
    version: '0.0.0-test',
    workers: workerUrls(import.meta.url),
    log: () => undefined,
  })
  await under.close()
  return () => rmSync(whole, { recursive: true, force: true })
})

/** A copy of the whole folder, to be damaged. */
function copyOf(root: string): string {
  const folder = join(root, 'data')
  rmSync(folder, { recursive: true, force: true })
  cpSync(whole, folder, { recursive: true })
  return folder
}

function patch(file: string, at: number, change: (bytes: Buffer) => void, length: number): void {
  const descriptor = openSync(file, 'r+')
  const bytes = Buffer.alloc(length)
  readSync(descriptor, bytes, 0, length, at)
  change(bytes)
  writeSync(descriptor, bytes, 0, length, at)
  closeSync(descriptor)
}

type Damage = { what: string; make(folder: string): void }

/** Random damage of any kind, from a seed. */
function anyDamage(random: () => number): Damage {
  const file = random() < 0.7 ? 'replica.db' : 'hub.db'
  const sizeOf = (folder: string) => statSync(join(folder, file)).size
  const place = random()
  const kind = random()
  if (kind < 0.55) {
    const bit = 1 << Math.floor(random() * 8)
    return {
      what: `one bit at ${place.toFixed(6)} of ${file}`,
      make: (folder) =>
        patch(join(folder, file), Math.floor(place * sizeOf(folder)), (bytes) => void bytes.set([(bytes[0] ?? 0) ^ bit]), 1),
    }
  }
  if (kind < 0.75) {
    return {
      what: `sixteen random bytes at ${place.toFixed(6)} of ${file}`,
      make: (folder) =>
        patch(
          join(folder, file),
          Math.floor(place * (sizeOf(folder) - 16)),
          (bytes) => void bytes.forEach((_, index) => bytes.set([Math.floor(random() * 256)], index)),
          16,
        ),
    }
  }
  if (kind < 0.87) {
    return {
      what: `a page of zeros at ${place.toFixed(6)} of ${file}`,
      make: (folder) => patch(join(folder, file), Math.floor((place * sizeOf(folder)) / 4096) * 4096, (bytes) => void bytes.fill(0), 4096),
    }
  }
  if (kind < 0.95)
    return {
      what: `${file} cut off at ${place.toFixed(6)}`,
      make: (folder) => truncateSync(join(folder, file), Math.floor(place * sizeOf(folder))),
    }
  return {
    what: `rubbish after the end of ${file}`,
    make: (folder) => appendFileSync(join(folder, file), Buffer.from(Array.from({ length: 5000 }, () => Math.floor(random() * 256)))),
  }
}

/** How many times as many damaged files as in an ordinary run. */
const FACTOR = Number(process.env['STORMROOM_RUNS'] ?? 1)

test(
  'S9: hundreds of kinds of damage: no crash, no new file, and nothing wrong is shown without the verification saying so',
  { timeout: 600_000 * Math.max(1, FACTOR) },
  async () => {
    const root = makeTempFolder('damage', 'quick')
    const sound = await openWorkspaceUnderTest(copyOf(root))
    said = await whatIsShown(sound)
    expect(await sound.value('workspace.verify', {})).toMatchObject({ ok: true })
    await sound.close()
    expect(JSON.parse(said)).toHaveLength(4)

    const seed = Number(process.env['STORMROOM_SEED'] ?? 20260315)
    const runs = Math.ceil(300 * FACTOR)
    const random = createRandom(seed)
    const seen = { trouble: 0, failed: 0, same: 0, caught: 0 }
    const wrong: string[] = []
    for (let run = 0; run < runs; run++) {
      const damage = anyDamage(random)
      const folder = copyOf(root)
      damage.make(folder)
      const files = readdirSync(folder).toSorted()
      try {
        const under = await openWorkspaceUnderTest(folder)
        const status = await under.value('workspace.status', {})
        if (status.phase === 'trouble') {
          seen.trouble += 1
          expect(status.trouble?.kind).toMatch(/^(damaged|newer-version|read-only)$/u)
        } else {
          // A first run here would mean that the file was silently replaced by a new one.
          expect(status.phase).toBe('ready')
          const shown = await whatIsShown(under).catch((error: unknown) => error)
          if (shown === said) seen.same += 1
          else if (typeof shown === 'string') {
            expect(await under.value('workspace.verify', {})).toMatchObject({ ok: false })
            seen.caught += 1
          } else seen.failed += 1
        }
        await under.close()
        expect(
          readdirSync(folder)
            .filter((name) => name.endsWith('.db'))
            .toSorted(),
        ).toEqual(files.filter((name) => name.endsWith('.db')))
      } catch (error) {
        wrong.push(`seed ${seed}, run ${run}, ${damage.what}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    process.stdout.write(`damage: ${runs} variants, ${JSON.stringify(seen)}\n`)
    expect(wrong).toEqual([])
    expect(seen.trouble + seen.failed).toBeGreaterThan(20)
  },
)

test.for([
  ['an empty replica', 'replica.db', (path: string) => truncateSync(path, 0)],
  ['an empty hub', 'hub.db', (path: string) => truncateSync(path, 0)],
  ['a replica that is a text', 'replica.db', (path: string) => writeFileSync(path, '这不是数据库'.repeat(500))],
  ['a missing replica', 'replica.db', (path: string) => rmSync(path)],
  ['a missing hub', 'hub.db', (path: string) => rmSync(path)],
  ['a hub of another program', 'hub.db', (path: string) => makeForeign(path)],
] as const)(
  'S9: %s is told as damage, and the newest backup brings everything back while the damaged files stay',
  async ([, file, damage]) => {
    const root = makeTempFolder('trouble', 'quick')
    const folder = copyOf(root)
    damage(join(folder, file))
    const before = existsSync(join(folder, file)) ? readFileSync(join(folder, file)) : null
    const under = await openWorkspaceUnderTest(folder)
    expect(await under.value('workspace.status', {})).toMatchObject({
      phase: 'trouble',
      trouble: { kind: 'damaged', file: join(folder, file) },
      me: null,
    })
    expect(await under.failure('incidents.list', {})).toBe('database-trouble')
    expect(await under.failure('workspace.setUp', { name: '安', role: 'pr', language: 'en' })).toBe('database-trouble')
    expect(existsSync(join(folder, file)) ? readFileSync(join(folder, file)) : null).toEqual(before)

    const [backup] = await under.value('workspace.backups', {})
    const restored = await under.value('workspace.restoreBackup', { id: backup?.id ?? '' })
    expect(existsSync(join(restored.setAside, file)) ? readFileSync(join(restored.setAside, file)) : null).toEqual(before)
    expect(await under.value('workspace.status', {})).toMatchObject({ phase: 'ready', trouble: null, me: { name: '安' } })
    expect((await under.value('incidents.get', { incidentId })).entryCount).toBe(ENTRIES)
    await under.value('timeline.record', { incidentId, kind: 'observation', text: '恢复之后' })
    await waitForSync(under)
    expect(await under.value('workspace.verify', {})).toMatchObject({ ok: true })
    expect(under.faults).toEqual([])
  },
)

function makeForeign(path: string): void {
  rmSync(path)
  const db = new Database(path)
  db.exec("CREATE TABLE song (title TEXT); INSERT INTO song VALUES ('x'); PRAGMA user_version = 1")
  db.close()
}

test.for(['replica.db', 'hub.db'])('S12, D7: a newer %s is refused with both versions named and left as it is', async (file) => {
  const folder = copyOf(makeTempFolder('newer', 'quick'))
  const db = new Database(join(folder, file))
  db.pragma('journal_mode = DELETE')
  db.pragma('user_version = 99')
  db.close()
  const before = readFileSync(join(folder, file))
  const under = await openWorkspaceUnderTest(folder)
  expect(await under.value('workspace.status', {})).toMatchObject({
    phase: 'trouble',
    trouble: { kind: 'newer-version', found: 99, file: join(folder, file) },
  })
  await under.close()
  expect(readFileSync(join(folder, file))).toEqual(before)
})

test('S9: a damaged hub leaves the replica readable; reading changes nothing and writing is refused', async () => {
  const folder = copyOf(makeTempFolder('reading', 'quick'))
  truncateSync(join(folder, 'hub.db'), 0)
  const under = await openWorkspaceUnderTest(folder)
  expect(await under.value('workspace.openReadOnly', {})).toEqual({ phase: 'read-only' })
  expect(await under.value('workspace.status', {})).toMatchObject({ phase: 'read-only', me: { name: '安' } })
  expect(await whatIsShown(under)).toBe(await soundShown())
  expect(await under.failure('timeline.record', { incidentId, kind: 'observation', text: 'x' })).toBe('read-only')
  expect(await under.failure('incidents.declare', { title: 'x', type: 'public-event', level: 3, stage: 'initial-complaint' })).toBe(
    'read-only',
  )
  expect(await under.failure('workspace.setPreferences', { theme: 'dark' })).toBe('read-only')
  expect(await under.failure('workspace.backUpNow', {})).toBe('read-only')
  expect(await under.failure('evidence.keepPath', { path: join(folder, 'replica.db') })).toBe('read-only')
  const made = await under.value('exports.make', { incidentId, format: 'csv', language: 'zh-Hans', zone: 'Asia/Shanghai' })
  expect(made.size).toBeGreaterThan(1000)
  expect(under.faults).toEqual([])
})

async function soundShown(): Promise<string> {
  const under = await openWorkspaceUnderTest(copyOf(makeTempFolder('sound', 'quick')))
  return whatIsShown(under)
}

test('S9: what can still be read of a damaged folder comes out as JSON Lines, with the reason for what cannot', async () => {
  const folder = copyOf(makeTempFolder('readable', 'quick'))
  writeFileSync(join(folder, 'replica.db'), 'rubbish')
  const under = await openWorkspaceUnderTest(folder)
  const made = await under.value('workspace.exportReadable', {})
  let text = ''
  for (let offset = 0; offset < made.size;) {
    const piece = await under.value('exports.read', { exportId: made.exportId, offset })
    text += Buffer.from(piece.bytes).toString('latin1')
    offset += piece.bytes.length
  }
  const lines = Buffer.from(text, 'latin1')
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.filter((line) => line['file'] === 'hub.db' && String(line['bytes']).includes('饮用水样本'))).toHaveLength(ENTRIES)
  expect(lines.some((line) => line['file'] === 'replica.db' && typeof line['problem'] === 'string')).toBe(true)
  const left = () => readdirSync(tmpdir()).filter((name) => name.includes(made.exportId))
  expect(left()).toHaveLength(1)
  await under.value('exports.forget', { exportId: made.exportId })
  expect(await under.failure('exports.read', { exportId: made.exportId, offset: 0 })).toBe('database-trouble')
  expect(left()).toEqual([])
  const again = await under.value('workspace.exportReadable', {})
  await under.close()
  expect(readdirSync(tmpdir()).filter((name) => name.includes(again.exportId))).toEqual([])
})

// Replica and hub restore from each other what only one of them has lost; if the cursor is not on the hub's log, the hub's log wins.
const HEALS = 'a whole scope taken out'
const HEALED = ['the head set back']

/** Every way in which somebody with access to the file could change the content of the log. */
const TAMPERING: [string, string][] = [
  ['the text of an entry', "UPDATE record SET bytes = replace(bytes, '第 7 条', '第 8 条') WHERE bytes LIKE '%第 7 条%'"],
  ['the author of a record', "UPDATE record SET actor = '00000000-0000-7000-8000-000000000001' WHERE seq = 9 AND scope LIKE 'incident:%'"],
  ['the time of a record', "UPDATE record SET hub_time = hub_time - 3600000 WHERE seq = 9 AND scope LIKE 'incident:%'"],
  [
    'the outcome of a record',
    `UPDATE record SET outcome = '{"kind":"rejected","code":"not-found","params":{}}' WHERE seq = 9 AND scope LIKE 'incident:%'`,
  ],
  ['a record taken out', "DELETE FROM record WHERE seq = 9 AND scope LIKE 'incident:%'"],
  [
    'the last record taken out',
    "DELETE FROM record WHERE scope LIKE 'incident:%' AND seq = (SELECT max(seq) FROM record WHERE scope LIKE 'incident:%')",
  ],
  [HEALS, "DELETE FROM record WHERE scope = 'team'; DELETE FROM HEAD WHERE scope = 'team'"],
  ['a whole scope and its head kept', "DELETE FROM record WHERE scope = 'team'"],
  ['the head taken out', "DELETE FROM HEAD WHERE scope = 'team'"],
  ['the head set back', "UPDATE HEAD SET seq = seq - 1 WHERE scope LIKE 'incident:%'"],
  ['the state of an entity', "UPDATE entity SET STATE = replace(STATE, '第 7 条', '第 8 条') WHERE STATE LIKE '%第 7 条%'"],
]

const TAMPERED = TAMPERING.flatMap(([what, sql]) => (['hub', 'replica'] as const).map((where) => [what, where, sql] as const)).filter(
  ([what, where]) => what !== HEALS && (where === 'hub' || !HEALED.includes(what)),
)

test.for(TAMPERED)('T1, T4: %s changed in the %s is found by the verification', async ([, where, sql]) => {
  const folder = copyOf(makeTempFolder('tampered', 'quick'))
  const db = new Database(join(folder, `${where}.db`))
  db.exec('DROP TRIGGER IF EXISTS record_is_final_update; DROP TRIGGER IF EXISTS record_is_final_delete')
  db.exec(sql.replaceAll('HEAD', where === 'hub' ? 'scope_head' : 'cursor').replaceAll('STATE', where === 'hub' ? 'body' : 'canonical'))
  db.close()
  const under = await openWorkspaceUnderTest(folder)
  const report = await under.value('workspace.verify', {})
  expect(report.ok).toBe(false)
  expect(report.scopes.some((one) => one.fault !== null) || report.databases.some((one) => !one.ok)).toBe(true)
  expect(under.faults).toEqual([])
})

test('T1, T4: a whole scope that the hub has lost is given back by its author, and it stays on record that its log went back', async () => {
  const sound = await openWorkspaceUnderTest(copyOf(makeTempFolder('sound', 'quick')))
  const [, ...before] = JSON.parse(await whatIsShown(sound)) as unknown[]
  await sound.close()
  const folder = copyOf(makeTempFolder('given-back', 'quick'))
  const hub = new Database(join(folder, 'hub.db'))
  hub.exec('DROP TRIGGER IF EXISTS record_is_final_update; DROP TRIGGER IF EXISTS record_is_final_delete')
  hub.exec((TAMPERING.find(([what]) => what === HEALS)?.[1] ?? '').replaceAll('HEAD', 'scope_head'))
  hub.close()
  const under = await openWorkspaceUnderTest(folder)
  await waitForSync(under)
  const [me, ...shown] = JSON.parse(await whatIsShown(under)) as unknown[]
  expect(shown).toEqual(before)
  expect(me).toMatchObject({ name: '安', owner: true, status: 'active' })
  expect(await under.value('workspace.verify', {})).toMatchObject({ ok: true })
  await under.close()
  const after = new Database(join(folder, 'hub.db'), { readonly: true })
  expect(after.prepare('SELECT number, reason FROM epoch ORDER BY number').all()).toEqual([
    { number: 1, reason: 'founded' },
    { number: 2, reason: 'went-back' },
  ])
  expect(after.prepare("SELECT count(*) AS found FROM record WHERE scope = 'team'").get()).toMatchObject({ found: 1 })
  after.close()
})

test('T4: the log of the hub refuses to be changed', async () => {
  const folder = copyOf(makeTempFolder('final', 'quick'))
  const db = new Database(join(folder, 'hub.db'))
  expect(() => db.exec('UPDATE record SET hub_time = 0')).toThrow('append-only')
  expect(() => db.exec('DELETE FROM record')).toThrow('append-only')
  db.close()
})

test('a whole rewrite of the hub that chains correctly is still not the log that the replica holds', async () => {
  const folder = copyOf(makeTempFolder('rewritten', 'quick'))
  const other = join(makeTempFolder('other', 'quick'), 'data')
  const stranger = await openReadyWorkspace(other)
  await declareIncident(stranger)
  await waitForSync(stranger)
  await stranger.close()
  cpSync(join(other, 'hub.db'), join(folder, 'hub.db'))
  const under = await openWorkspaceUnderTest(folder)
  const report = await under.value('workspace.verify', {})
  expect(report.ok).toBe(false)
  expect(report.scopes.find((one) => one.scope === 'team')?.fault?.kind).toBe('mismatch')
})
