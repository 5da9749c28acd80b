import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openReadOnly } from '#storage/open-database.ts'
import { findChainFault } from '#domain/log/record.ts'
import { recordOfRow } from '#replica/store/rebuild.ts'
import { openCuttingProxy, type LineState } from '#tests/support/cutting-proxy.ts'
import { ANN, BEN, idOf, INCIDENT_SCOPE, sha256 } from '#tests/support/log-texts.ts'
import { createRandom } from '#tests/support/seeded.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { startChild, type Child } from './child.ts'

/** Length of the storm, seconds; by hand only: `STORMROOM_STORM=150`. */
const SECONDS = Number(process.env['STORMROOM_STORM'] ?? 0)
const MEMBERS = [ANN, BEN, idOf(0xc), idOf(0xd), idOf(0xe)]
const STATES: readonly LineState[] = ['cut', 'half-open', 'stall', 40, 400, 'open', 'open', 'open']
const TURN_MS = 250
const PAUSE_MS = 60
/** S3: this long after the line is back, nothing is pending. Milliseconds. */
const DRAINED_MS = 10_000

test.skipIf(SECONDS === 0)(
  `S3, P1, P4, P5, P6: five desktops and a hub through ${SECONDS} s of lines that are cut, processes that are held up and killed (only with STORMROOM_STORM)`,
  { timeout: 3_600_000 },
  async () => {
    const folder = makeTempFolder('storm', 'quick')
    const data = join(folder, 'hub')
    const random = createRandom(Number(process.env['STORMROOM_SEED'] ?? 20_260_315))
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
    let hub = startChild('serving-hub.ts', data, '0', String(MEMBERS.length))
    const { port, tokens } = (await hub.line('port')) as { port: number; tokens: string[] }
    const lives: Child[] = []
    const proxies = await Promise.all(MEMBERS.map(() => openCuttingProxy(() => port)))
    onTestFinished(async () => void (await Promise.all(proxies.map((proxy) => proxy.close()))))
    const start = (index: number) => {
      const own = join(folder, `replica-${index}`)
      mkdirSync(own, { recursive: true })
      const child = startChild(
        'writing-replica.ts',
        own,
        `http://127.0.0.1:${proxies[index]?.port}`,
        MEMBERS[index] ?? '',
        tokens[index] ?? '',
        String(Math.ceil((SECONDS * 1000) / PAUSE_MS)),
        String(PAUSE_MS),
      )
      lives.push(child)
      return child
    }
    const desktops = MEMBERS.map((_, index) => start(index))
    await Promise.all(desktops.map((desktop) => desktop.line('connected')))
    desktops[0]?.tell('declare')
    for (const desktop of desktops) desktop.tell('write')

    const happened = { lines: 0, 'held up': 0, 'desktops killed': 0, 'hubs killed': 0 }
    for (const end = Date.now() + SECONDS * 1000; Date.now() < end;) {
      const at = Math.floor(random() * MEMBERS.length)
      const dice = random()
      if (dice < 0.02) {
        await hub.end('SIGKILL')
        happened['hubs killed'] += 1
        hub = startChild('serving-hub.ts', data, String(port), String(MEMBERS.length))
        await hub.line('port')
      } else if (dice < 0.05) {
        await desktops[at]?.end('SIGKILL')
        happened['desktops killed'] += 1
        desktops[at] = start(at)
        desktops[at].tell('write')
      } else if (dice < 0.15) {
        const held = pick([hub, ...desktops])
        held.send('SIGSTOP')
        await wait(200 + random() * 1500)
        held.send('SIGCONT')
        happened['held up'] += 1
      } else {
        proxies[at]?.set(pick(STATES))
        happened.lines += 1
      }
      await wait(TURN_MS)
    }
    for (const desktop of desktops) desktop.tell('stop')
    for (const proxy of proxies) {
      proxy.set('cut')
      proxy.set('open')
    }
    const healedAt = Date.now()
    const counts = () =>
      Promise.all(
        desktops.map((desktop) => {
          const from = desktop.lines.length
          desktop.tell('count')
          return desktop.line('waiting', from) as Promise<{ waiting: number; seq: number }>
        }),
      )
    const most = Math.max(...(await counts()).map(({ waiting }) => waiting))
    for (
      let now = await counts();
      now.some(({ waiting }) => waiting > 0) || new Set(now.map(({ seq }) => seq)).size > 1;
      now = await counts()
    )
      await wait(50)
    const drained = Date.now() - healedAt

    const dumps = await Promise.all(
      desktops.map((desktop) => {
        const from = desktop.lines.length
        desktop.tell('tell')
        return desktop.line('pending', from)
      }),
    )
    for (const dump of dumps) expect(dump).toEqual(dumps[0])
    for (const child of lives)
      expect(child.lines.filter((line) => 'fault' in line || 'failed' in line || 'refused' in line || 'trouble' in line)).toEqual([])
    expect(await hub.end('SIGTERM')).toBe(0)
    const opened = openReadOnly(join(data, 'hub.db'))
    if (!opened.ok) throw new Error(opened.trouble.detail)
    onTestFinished(() => void opened.db.close())
    const records = opened.db
      .prepare<[string], Parameters<typeof recordOfRow>[0]>(
        'SELECT scope, seq, hub_time, actor, outcome, bytes, hash FROM record WHERE scope = ? ORDER BY seq',
      )
      .all(INCIDENT_SCOPE)
      .map(recordOfRow)
    expect(findChainFault(records, sha256, INCIDENT_SCOPE)).toBeNull()
    const recorded = records.map(({ bytes }) => (JSON.parse(bytes) as { opId: string }).opId)
    expect(new Set(recorded).size).toBe(recorded.length)
    const confirmed = lives.flatMap((child) => child.lines).flatMap((line) => (typeof line['done'] === 'string' ? [line['done']] : []))
    // A desktop killed between its commit and its report may have one more.
    const known = new Set(recorded)
    expect(confirmed.filter((opId) => !known.has(String(opId)))).toEqual([])
    expect(recorded.length - confirmed.length).toBeLessThanOrEqual(happened['desktops killed'])
    const ofHub = opened.db
      .prepare<[], { line: string }>("SELECT kind || ' ' || id || ' ' || body AS line FROM entity ORDER BY kind, id")
      .all()
    expect(dumps[0]?.['dump']).toEqual(ofHub.map(({ line }) => line))
    process.stdout.write(
      `storm: ${SECONDS} s, ${JSON.stringify(happened)}, ${records.length} records, at most ${most} waited when it ended, all of it at the hub and everywhere after ${drained} ms\n`,
    )
    expect(drained).toBeLessThan(DRAINED_MS)
  },
)
