import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inParallel, readTrace, runTraced, SCRIPTS, spread, whyNoStrace, type Traced } from '#tests/support/strace.ts'
import { openWorkspaceUnderTest, waitForSync, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const SCRIPT = join(SCRIPTS, 'scripted-session.ts')
const DEADLY = 'pwrite64,fdatasync,fsync,ftruncate,rename,renameat2,unlink'
/** Points per system call in an ordinary run; `STORMROOM_CRASH` sets another number, as `test:long` does, or `all` for every one. */
const asked = process.env['STORMROOM_CRASH'] ?? '8'
const MOST = asked === 'all' ? Number.POSITIVE_INFINITY : Number(asked)
const skipReason = whyNoStrace()

type Point = { name: string; nth: number }

function foldersOf(root: string, name: string) {
  const folders = { data: join(root, name, 'data'), outside: join(root, name, 'outside') }
  mkdirSync(folders.outside, { recursive: true })
  return folders
}

/** All moments at which the session can be killed: calls are counted per thread. */
async function findPoints(root: string): Promise<Point[]> {
  const { data, outside } = foldersOf(root, 'whole')
  const log = join(root, 'trace')
  const whole = await runTraced(SCRIPT, [data, outside], [], DEADLY, log)
  expect(whole.lines.filter((line) => 'failed' in line || 'fault' in line)).toEqual([])
  expect(whole.lines.at(-1)).toEqual({ ended: true })
  const counts = new Map<string, number>()
  for (const { thread, name } of readTrace(log)) counts.set(`${name} ${thread}`, (counts.get(`${name} ${thread}`) ?? 0) + 1)
  const most = new Map<string, number>()
  for (const [key, count] of counts) {
    const name = key.split(' ')[0] ?? ''
    most.set(name, Math.max(count, most.get(name) ?? 0))
  }
  return [...most].flatMap(([name, count]) =>
    spread(
      Array.from({ length: count }, (_, index) => ({ name, nth: index + 1 })),
      MOST,
    ),
  )
}

/** Checks that everything the session confirmed is there, as confirmed. */
async function expectAllThere(under: WorkspaceUnderTest, { lines }: Traced): Promise<void> {
  const incidentId = lines.find((line) => 'incident' in line)?.['incident'] as string | undefined
  const status = await under.value('workspace.status', {})
  if (lines.some((line) => 'member' in line)) expect(status.me?.id).toBe(lines.find((line) => 'member' in line)?.['member'])
  if (incidentId === undefined) return
  const incident = await under.value('incidents.get', { incidentId })
  const last = new Map<unknown, Record<string, unknown>>()
  for (const line of lines) {
    if (typeof line['entry'] === 'string') last.set(line['entry'], { ...last.get(line['entry']), ...line })
    if ('metBy' in line) expect(incident.clocks.find((clock) => clock.id === line['clock'])?.met?.entryId).toBe(line['metBy'])
    if ('hash' in line) {
      const kept = await under.value('evidence.read', { hash: String(line['hash']), offset: 0 })
      expect(kept.size).toBe(line['size'])
    }
  }
  for (const said of last.values()) {
    const entry = await under.value('timeline.entry', { incidentId, entryId: String(said['entry']) })
    // The act in progress may have been applied without confirmation; then the confirmed text is the original.
    expect([entry.text, ...entry.corrections.map(({ before }) => before.text)]).toContain(said['text'])
    if ('starred' in said) expect(entry.starred).toBe(true)
    if ('comments' in said) expect(entry.commentCount).toBe(said['comments'])
    if ('original' in said) expect(entry.corrections[0]?.before.text).toBe(said['original'])
    if ('evidence' in said) expect(entry.evidence.map((file) => file.hash)).toEqual([said['evidence']])
  }
}

/** Checks that an import is there as a whole or not at all, and that none is left running. */
async function expectNoHalfImport(under: WorkspaceUnderTest, { lines }: Traced): Promise<void> {
  for (const incident of await under.value('incidents.list', {})) {
    const imports = await under.value('imports.list', { incidentId: incident.id })
    const page = await under.value('timeline.page', { incidentId: incident.id, filter: {}, page: 0 })
    const brought = page.rows.filter((row) => row.importId !== null)
    const complete = imports.filter((one) => one.phase === 'complete')
    expect(imports.filter((one) => one.phase === 'running')).toEqual([])
    expect(brought).toHaveLength(complete.length * 12)
    if (lines.some((line) => line['done'] === 'import')) expect(complete).toHaveLength(1)
  }
}

test.skipIf(skipReason !== null)(
  `D1: killed at any write of an evening's work, nothing that was confirmed is lost and nothing is half there${skipReason ? ` (skipped: ${skipReason})` : ''}`,
  { timeout: 3_600_000 },
  async () => {
    const root = makeTempFolder('crash', 'quick')
    const points = await findPoints(root)
    const outcomes = { killed: 0, ended: 0 }
    const wrong: string[] = []
    await inParallel(points, 2, async ({ name, nth }) => {
      const folder = `${name}-${nth}`
      const { data, outside } = foldersOf(root, folder)
      const traced = await runTraced(SCRIPT, [data, outside], [`inject=${name}:signal=KILL:when=${nth}`], name)
      outcomes[traced.lines.at(-1)?.['ended'] === true ? 'ended' : 'killed'] += 1
      try {
        const under = await openWorkspaceUnderTest(data)
        const status = await under.value('workspace.status', {})
        expect(status.trouble).toBeNull()
        expect(status.phase).toBe(traced.lines.some((line) => 'member' in line) || status.me ? 'ready' : 'first-run')
        await expectAllThere(under, traced)
        await expectNoHalfImport(under, traced)
        if (status.me === null) await under.value('workspace.setUp', { name: '安', role: 'commander', language: 'zh-Hans' })
        // Work continues: new writes are accepted.
        await under.value('incidents.declare', { title: '之后', type: 'public-event', level: 3, stage: 'initial-complaint' })
        await waitForSync(under)
        expect(await under.value('workspace.verify', {})).toMatchObject({ ok: true })
        expect(under.faults).toEqual([])
        await under.close()
      } catch (error) {
        wrong.push(
          `killed at ${name} ${nth}, after ${JSON.stringify(traced.lines.at(-1) ?? null)}: ${error instanceof Error ? error.message : String(error)}`,
        )
      }
      rmSync(join(root, folder), { recursive: true, force: true })
    })
    process.stdout.write(`crash matrix: ${points.length} points, ${outcomes.killed} killed, ${outcomes.ended} ended by themselves\n`)
    expect(wrong).toEqual([])
    expect(outcomes.killed).toBeGreaterThan(points.length * 0.8)
  },
)
