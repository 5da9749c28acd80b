import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runJson } from '#tests/command-line/run-command.ts'
import { checkIntegrity } from '#storage/integrity.ts'
import { openReadOnly } from '#storage/open-database.ts'
import { readTrace, runTraced, spread, whyNoStrace } from '#tests/support/strace.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { startHubCommand } from './hub-command.ts'
import { makeLongTeam } from './team-session.ts'

const DEADLY = 'pwrite64,write,fdatasync,fsync,ftruncate,rename,renameat2,unlink,link'
const asked = process.env['STORMROOM_CRASH']
const MOST = asked === undefined ? undefined : asked === 'all' ? Number.POSITIVE_INFINITY : Number(asked)
const skipReason = whyNoStrace()
const because = skipReason ? ` (skipped: ${skipReason})` : ''
const TIMEOUT = { timeout: 3_600_000 }
const COMMAND = join(import.meta.dirname, '../../../src/command-line/start-command-line.ts')

const ENTRIES = 20

type Point = { name: string; nth: number }

/** The points at which a command writes under a folder. */
async function pointsOf(args: readonly string[], folder: string, logFile: string): Promise<Point[]> {
  const whole = await runTraced(COMMAND, args, [], DEADLY, logFile)
  expect(whole.code).toBe(0)
  const counts = new Map<string, number>()
  const points = new Map<string, Point>()
  for (const { thread, name, text } of readTrace(logFile)) {
    const nth = (counts.get(`${name} ${thread}`) ?? 0) + 1
    counts.set(`${name} ${thread}`, nth)
    if (text.includes(folder)) points.set(`${name} ${nth}`, { name, nth })
  }
  return [...points.values()]
}

const kill = ({ name, nth }: Point, args: readonly string[]) => runTraced(COMMAND, args, [`inject=${name}:signal=KILL:when=${nth}`], name)

function countOf(file: string): number {
  expect(checkIntegrity(file, true)).toMatchObject({ ok: true })
  const opened = openReadOnly(file)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  try {
    return opened.db.prepare<[], { count: number }>('SELECT count(*) AS count FROM record').get()?.count ?? 0
  } finally {
    opened.db.close()
  }
}

test.skipIf(skipReason !== null)(
  `a backup killed at any of its writes leaves no half backup and a hub that serves on, and the next one is whole${because}`,
  TIMEOUT,
  async () => {
    const root = makeTempFolder('hub-backup', 'quick')
    const [data, kept] = [join(root, 'hub'), join(root, 'kept.db')]
    await makeLongTeam(data, ENTRIES)
    const hub = await startHubCommand(data, null)
    if (!hub) throw new Error('no hub')
    onTestFinished(async () => void (await hub.stop()))
    const args = ['hub', 'backup', kept, '--data', data, '--json']
    const points = spread(await pointsOf(args, kept, join(root, 'trace')), MOST ?? 2)
    expect(countOf(kept)).toBe(ENTRIES + 2)
    let killed = 0
    for (const point of points) {
      rmSync(kept, { force: true })
      if ((await kill(point, args)).code !== 0) killed += 1
      if (existsSync(kept)) expect([point, countOf(kept)]).toEqual([point, ENTRIES + 2])
      else expect([point, (await runJson(args.slice(0, -1))).document]).toEqual([point, expect.objectContaining({ ok: true })])
      expect(countOf(kept)).toBe(ENTRIES + 2)
    }
    process.stdout.write(`hub backup crash matrix: ${points.length} points, ${killed} killed\n`)
    expect(killed).toBeGreaterThan(points.length * 0.6)
    expect((await fetch(`http://127.0.0.1:${hub.port}/healthz`)).status).toBe(200)
    expect(hub.errors()).toEqual([])
  },
)

test.skipIf(skipReason !== null)(
  `a restore killed at any of its writes leaves the team as it was or as it was backed up, never none${because}`,
  TIMEOUT,
  async () => {
    const root = makeTempFolder('hub-restore', 'quick')
    const [prepared, backup, first] = [join(root, 'prepared'), join(root, 'kept.db'), join(root, 'whole')]
    await makeLongTeam(prepared, ENTRIES)
    expect((await runJson(['hub', 'backup', backup, '--data', prepared])).document).toMatchObject({ ok: true })
    // A killed hub leaves a write-ahead log beside its database.
    const hub = await startHubCommand(prepared, null)
    expect((await fetch(`http://127.0.0.1:${hub?.port}/healthz`)).status).toBe(200)
    await hub?.kill()
    expect(existsSync(join(prepared, 'hub.db-wal'))).toBe(true)
    const argsFor = (data: string) => ['hub', 'restore', backup, '--data', data, '--json']
    cpSync(prepared, first, { recursive: true })
    const all = await pointsOf(argsFor(first), first, join(root, 'trace'))
    // The point at which one database replaces the other is among them.
    const points = MOST === undefined ? all.filter(({ name }) => name.startsWith('rename')) : spread(all, MOST)
    let killed = 0
    for (const point of points) {
      const data = join(root, 'again')
      cpSync(prepared, data, { recursive: true })
      if ((await kill(point, argsFor(data))).code !== 0) killed += 1
      const after = await startHubCommand(data, null)
      expect([point, after?.invite]).toEqual([point, null])
      expect(await after?.stop()).toBe(0)
      expect([point, countOf(join(data, 'hub.db'))]).toEqual([point, ENTRIES + 2])
      expect([point, (await runJson(argsFor(data).slice(0, -1))).document]).toEqual([point, expect.objectContaining({ ok: true })])
      rmSync(data, { recursive: true, force: true })
    }
    process.stdout.write(`hub restore crash matrix: ${points.length} points, ${killed} killed\n`)
    expect(killed).toBeGreaterThan(points.length * 0.6)
  },
)
