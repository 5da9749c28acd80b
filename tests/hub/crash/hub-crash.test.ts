import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inParallel, readTrace, spread, whyNoStrace } from '#tests/support/strace.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { closeDevices, expectSound, runSession, type Session } from './run-session.ts'
import { foundTeam, joinLongTeam, makeLongTeam } from './team-session.ts'

const DEADLY = 'pwrite64,write,fdatasync,fsync,ftruncate,rename,renameat2,unlink'
/** Points in an ordinary run; `STORMROOM_CRASH` sets another number for each system call, or `all` for every point. */
const asked = process.env['STORMROOM_CRASH']
const MOST = asked === 'all' ? Number.POSITIVE_INFINITY : asked === undefined ? null : Number(asked)
const LANES = 2
const skipReason = whyNoStrace()
const because = skipReason ? ` (skipped: ${skipReason})` : ''
const TIMEOUT = { timeout: 8 * 3_600_000 }

type Point = { name: string; nth: number }
// Closed to others, as the hub makes it: a hub that finds an open folder says so, which would count as an error here.
const newTeam = (data: string) => void mkdirSync(data, { recursive: true, mode: 0o700 })

/** All points at which the hub can be killed while it writes one of its files; calls are counted per thread. */
async function findPoints(root: string, session: Session, prepare: (data: string) => void): Promise<Point[]> {
  const folder = join(root, 'whole')
  const data = join(folder, 'hub')
  prepare(data)
  const logFile = join(root, 'trace')
  const run = await runSession(folder, session, { inject: [], trace: DEADLY, logFile })
  expect(run.killed).toBe(false)
  await expectSound(data, run)
  await closeDevices(run.told)
  const counts = new Map<string, number>()
  const points = new Map<string, Point>()
  for (const { thread, name, text } of readTrace(logFile)) {
    const nth = (counts.get(`${name} ${thread}`) ?? 0) + 1
    counts.set(`${name} ${thread}`, nth)
    if (text.includes(data)) points.set(`${name} ${nth}`, { name, nth })
  }
  return [...points.values()].toSorted((a, b) => (a.name === b.name ? a.nth - b.nth : a.name < b.name ? -1 : 1))
}

/** Leaves out the last calls of each kind: on a busy machine another run may not reach them. */
function surelyReached(points: readonly Point[]): Point[] {
  return [...Map.groupBy(points, ({ name }) => name).values()].flatMap((same) => same.slice(0, Math.ceil(same.length * 0.8)))
}

/**
 * @param done what strace injects at each point
 * @returns what was wrong, by point
 */
async function runMatrix(
  name: string,
  few: number,
  session: Session,
  prepare: (data: string) => void,
  root: string,
  done = 'signal=KILL',
  fits = (_point: Point) => true,
): Promise<string[]> {
  const all = (await findPoints(root, session, prepare)).filter(fits)
  const points =
    MOST === null
      ? spread(surelyReached(all), few)
      : [...Map.groupBy(all, (point) => point.name).values()].flatMap((same) => spread(same, MOST))
  const outcomes = { killed: 0, ended: 0 }
  const wrong: string[] = []
  await inParallel(points, LANES, tryPoint)

  async function tryPoint(point: Point): Promise<void> {
    const folder = join(root, `${point.name}-${point.nth}`)
    prepare(join(folder, 'hub'))
    let missed = false
    try {
      const run = await runSession(folder, session, { inject: [`inject=${point.name}:${done}:when=${point.nth}`], trace: point.name })
      outcomes[run.killed ? 'killed' : 'ended'] += 1
      missed = !run.killed
      await expectSound(join(folder, 'hub'), run).finally(() => closeDevices(run.told))
    } catch (error) {
      wrong.push(`${done} at ${point.name} ${point.nth}: ${error instanceof Error ? error.message : String(error)}`)
    }
    rmSync(folder, { recursive: true, force: true })
    // A long run reports its progress.
    if (MOST !== null)
      process.stderr.write(
        `${done} at ${point.name} ${point.nth}, ${outcomes.killed} begun again, ${outcomes.ended} not, ${wrong.length} wrong: ${wrong.at(-1) ?? ''}\n`,
      )
    // A slow hub has less to write and may never reach this point: an earlier one is tried instead.
    else if (missed && done === 'signal=KILL' && point.nth > 1) await tryPoint({ name: point.name, nth: Math.ceil(point.nth / 2) })
  }
  process.stdout.write(
    `hub crash matrix, ${name}, ${done}: ${points.length} of ${all.length} points, ${outcomes.killed} begun again, ${outcomes.ended} went on by themselves, ${wrong.length} wrong\n`,
  )
  if (done === 'signal=KILL') expect(outcomes.killed).toBeGreaterThan(points.length * 0.6)
  return wrong
}

test.skipIf(skipReason !== null)(
  `P4, P5, P6, D1: a hub killed at any write of a team's first evening loses nothing that was said to be done, and everybody goes on${because}`,
  TIMEOUT,
  async () => {
    const wrong = await runMatrix('a team begins', 5, foundTeam, newTeam, makeTempFolder('hub-crash', 'quick'))
    expect(wrong).toEqual([])
  },
)

test.skipIf(skipReason !== null)(
  `P4, P14: a hub killed at any write while a device begins from a snapshot of a long log${because}`,
  TIMEOUT,
  async () => {
    const root = makeTempFolder('hub-crash', 'quick')
    const prepared = join(root, 'prepared')
    const ann = await makeLongTeam(prepared)
    const wrong = await runMatrix(
      'a new device',
      2,
      (reach, told) => joinLongTeam(reach, told, ann),
      (data) => {
        newTeam(data)
        cpSync(prepared, data, { recursive: true })
      },
      root,
    )
    expect(wrong).toEqual([])
  },
)

test.skipIf(skipReason !== null)(
  `D5: a hub whose disk fails to write or sync once acknowledges nothing it does not have, says so, and goes on or is begun anew${because}`,
  TIMEOUT,
  async () => {
    const wrong = await runMatrix('a failing disk', 2, foundTeam, newTeam, makeTempFolder('hub-crash', 'quick'), 'error=EIO', ({ name }) =>
      /sync|write/.test(name),
    )
    expect(wrong).toEqual([])
  },
)

test.skipIf(skipReason !== null || MOST === null)(
  `S8: a hub that is told once that its disk is full, at any write${because || ' (only in the long run: STORMROOM_CRASH)'}`,
  TIMEOUT,
  async () => {
    const wrong = await runMatrix('a full disk', 2, foundTeam, newTeam, makeTempFolder('hub-crash', 'quick'), 'error=ENOSPC', ({ name }) =>
      /write/.test(name),
    )
    expect(wrong).toEqual([])
  },
)
