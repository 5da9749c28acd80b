import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#storage/open-database.ts'
import { HUB_SCHEMA } from '#hub/hub-schema.ts'
import { findChainFault } from '#domain/log/record.ts'
import { recordOfRow } from '#replica/store/rebuild.ts'
import { openCuttingProxy, type LineState } from '#tests/support/cutting-proxy.ts'
import { ANN, BEN, INCIDENT_SCOPE, sha256 } from '#tests/support/log-texts.ts'
import { createRandom } from '#tests/support/seeded.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { startChild, type Child, type Line } from './child.ts'

const ENTRIES = 80
const STATES: readonly LineState[] = ['cut', 'half-open', 'stall', 30, 'open', 'open']

async function told(child: Child): Promise<Line> {
  const from = child.lines.length
  child.tell('tell')
  return child.line('pending', from)
}

async function untilAlike(one: Child, two: Child): Promise<Line> {
  for (;;) {
    const [a, b] = [await told(one), await told(two)]
    if (a['pending'] === 0 && b['pending'] === 0 && JSON.stringify(a) === JSON.stringify(b)) return a
    await wait(100)
  }
}

test(
  'P1, P4, P5, P6: two replicas and a hub as processes, with lines that are cut, forgotten, stalled and slow, and a hub that is killed in the middle: nothing is lost, both end the same',
  { timeout: 300_000 },
  async () => {
    const folder = makeTempFolder('lines', 'quick')
    const data = join(folder, 'hub')
    let hub = startChild('serving-hub.ts', data, '0')
    const { port, tokens } = (await hub.line('port')) as { port: number; tokens: string[] }
    const members = [ANN, BEN]
    const proxies = await Promise.all(members.map(() => openCuttingProxy(() => port)))
    onTestFinished(async () => void (await Promise.all(proxies.map((proxy) => proxy.close()))))
    const [ann, ben] = members.map((member, index) => {
      const own = join(folder, `replica-${index}`)
      mkdirSync(own)
      return startChild('writing-replica.ts', own, `http://127.0.0.1:${proxies[index]?.port}`, member, tokens[index] ?? '', String(ENTRIES))
    })
    if (!ann || !ben) throw new Error('no replicas')
    // A writer must have connected to the hub once, to know its own membership.
    await Promise.all([ann.line('connected'), ben.line('connected')])
    for (;;) if (((await told(ann))['dump'] as string[]).length === 2) break
    ann.tell('declare')
    ann.tell('write')
    ben.tell('write')

    const random = createRandom(20_260_315)
    for (let turn = 0; turn < 12; turn++) {
      for (const proxy of proxies) proxy.set(STATES[Math.floor(random() * STATES.length)] ?? 'open')
      await wait(150)
      if (turn === 5) {
        await hub.end('SIGKILL')
        for (const proxy of proxies) proxy.set('cut')
        hub = startChild('serving-hub.ts', data, String(port))
        await hub.line('port')
      }
    }
    for (const proxy of proxies) proxy.set('cut')
    for (const proxy of proxies) proxy.set('open')
    await Promise.all([ann.line('written'), ben.line('written')])
    const { dump, attention } = await untilAlike(ann, ben)
    expect(attention).toEqual([])
    for (const child of [ann, ben])
      expect(child.lines.filter((line) => 'fault' in line || 'failed' in line || 'refused' in line || 'trouble' in line)).toEqual([])
    expect(await hub.end('SIGTERM')).toBe(0)

    const opened = openDatabase(join(data, 'hub.db'), HUB_SCHEMA, false)
    if (!opened.ok) throw new Error(opened.trouble.detail)
    onTestFinished(() => void opened.db.close())
    const records = opened.db
      .prepare<[string], Parameters<typeof recordOfRow>[0]>(
        'SELECT scope, seq, hub_time, actor, outcome, bytes, hash FROM record WHERE scope = ? ORDER BY seq',
      )
      .all(INCIDENT_SCOPE)
      .map(recordOfRow)
    expect(findChainFault(records, sha256, INCIDENT_SCOPE)).toBeNull()
    const confirmed = [...ann.lines, ...ben.lines].flatMap((line) => (typeof line['done'] === 'string' ? [line['done']] : []))
    expect(confirmed).toHaveLength(2 * ENTRIES + 1)
    expect(records.map(({ bytes }) => (JSON.parse(bytes) as { opId: string }).opId).toSorted()).toEqual(confirmed.toSorted())
    const ofHub = opened.db
      .prepare<[], { line: string }>("SELECT kind || ' ' || id || ' ' || body AS line FROM entity ORDER BY kind, id")
      .all()
    expect(dump).toEqual(ofHub.map(({ line }) => line))
  },
)

test('two hubs on one data folder: the second says what is the matter and serves nobody', async () => {
  const data = join(makeTempFolder('twice', 'quick'), 'hub')
  const first = startChild('serving-hub.ts', data, '0')
  await first.line('port')
  const second = startChild('serving-hub.ts', data, '0')
  expect(await second.line('trouble')).toEqual({ trouble: 'already-served' })
  // When the first process is killed, its claim ends with it.
  await first.end('SIGKILL')
  const third = startChild('serving-hub.ts', data, '0')
  expect(await third.line('port')).toHaveProperty('port')
})
