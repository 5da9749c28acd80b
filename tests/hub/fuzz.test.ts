import { expect, onTestFinished, test } from 'vitest'
import { connectHub } from '#contract/connect-hub.ts'
import { linkCalls, LinkAnswer, type LinkCallName } from '#contract/hub-wire.ts'
import { createTeamHub } from '#hub/team-hub.ts'
import { openHub } from '#hub/open-hub.ts'
import { serveHub } from '#hub/http/serve-hub.ts'
import { memoryWire } from '#hub/session/links.ts'
import { ANN, declareText, entryText, idOf, INCIDENT_SCOPE, joinText } from '#tests/support/log-texts.ts'
import { createRandom } from '#tests/support/seeded.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** Messages of an ordinary run; `STORMROOM_RUNS=50` makes a million of them. */
const FACTOR = Number(process.env['STORMROOM_RUNS'] ?? 1)
const [QUESTIONS, BODIES, FRAMES] = [12_000, 6000, 2000].map((count) => count * FACTOR) as [number, number, number]
const SEED = Number(process.env['STORMROOM_SEED'] ?? 20_260_315)

type Dice = () => number

const STRANGE: readonly unknown[] = [null, true, -1, 0, 1e308, Number.NaN, 2 ** 53, '', 'team', `private:${ANN}`, INCIDENT_SCOPE, '\0', '\uD800', '../..', '__proto__', 'x'.repeat(5000), [], {}, [[]], { toString: 1 }, new Uint8Array(3), ['a'], 'f'.repeat(64)]
const pick = <T>(dice: Dice, list: readonly T[]): T => list[Math.floor(dice() * list.length)] as T

/** The same message with something in it that does not belong there. */
function mutate(dice: Dice, value: unknown): unknown {
  if (dice() < 0.15 || typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    if (typeof value !== 'string' || dice() < 0.4) return pick(dice, STRANGE)
    const at = Math.floor(dice() * value.length)
    return value.slice(0, at) + pick(dice, ['', '"', '{', '\\', '\u0000', '9', 'ä', value]) + value.slice(at + Math.floor(dice() * 3))
  }
  if (Array.isArray(value)) return value.length === 0 || dice() < 0.2 ? [...(value as unknown[]), pick(dice, STRANGE)] : (value as unknown[]).with(Math.floor(dice() * value.length), mutate(dice, value[0]))
  const keys = Object.keys(value)
  const key = pick(dice, [...keys, 'more'])
  const { [key]: old, ...rest } = value as Record<string, unknown>
  return dice() < 0.2 ? rest : { ...rest, [key]: mutate(dice, old) }
}

async function openServed() {
  const folder = makeTempFolder('fuzz', 'quick')
  const opened = openHub(`${folder}/hub.db`, true, Date.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const faults: unknown[] = []
  const log = (level: string, message: string, detail?: Record<string, unknown>) => void (level === 'info' ? null : faults.push({ message, detail }))
  const team = await createTeamHub({ hub: opened.hub, dataFolder: folder, evidenceFolder: `${folder}/evidence`, version: 'test', log, now: Date.now })
  const server = await serveHub(team, { host: '127.0.0.1', port: 0, certificate: null, behindProxy: false, log })
  onTestFinished(async () => {
    await server.close()
    await team.close()
  })
  const wire = memoryWire(team.links, { memberId: ANN, sessionId: null, device: 'test', address: 'here' })
  const link = connectHub(wire)
  await link.push([joinText(ANN, '安', 'commander'), declareText(), entryText(idOf(0x500), '第一条')])
  return { team, server, wire, link, faults }
}

type Served = Awaited<ReturnType<typeof openServed>>

/** After all of it the hub serves as ever, and its log is whole. */
async function expectSound({ team, link, faults }: Served, n: number): Promise<void> {
  const { records } = await link.push([entryText(idOf(0x600 + n), '之后')])
  expect(records[0]?.outcome).toEqual({ kind: 'accepted' })
  expect((await link.pull(INCIDENT_SCOPE, 0, 500)).records.at(-1)?.hash).toBe(records[0]?.hash)
  expect(await team.isSound()).toBe(true)
  expect(faults).toEqual([])
}

test(`${QUESTIONS} spoilt questions over a link: each is answered in the language of the link, and none is the hub's fault`, { timeout: 3_600_000 }, async () => {
  const served = await openServed()
  const dice = createRandom(SEED)
  const head = { scope: INCIDENT_SCOPE, seq: 1, hash: 'f'.repeat(64) }
  const offer = { ...head, size: 10, sha256: 'e'.repeat(64) }
  const good: Record<LinkCallName, unknown> = {
    hello: { replicaId: idOf(1), cursors: [head], sentAt: 0 },
    push: { ops: [entryText(idOf(0x700), '照样')] },
    pull: { scope: INCIDENT_SCOPE, afterSeq: 0, limit: 10 },
    'offer-snapshot': { scope: INCIDENT_SCOPE },
    'read-snapshot': { offer, offset: 0 },
    'find-evidence': { hash: 'e'.repeat(64) },
    'read-evidence': { hash: 'e'.repeat(64), offset: 0 },
    'write-evidence': { hash: 'e'.repeat(64), size: 3, offset: 0, piece: new Uint8Array(3) },
    ask: { name: 'team.invites', input: {} },
  }
  const names = Object.keys(linkCalls) as LinkCallName[]
  const answers = new Map<string, number>()
  for (let n = 0; n < QUESTIONS; n++) {
    const name = pick(dice, names)
    const message = mutate(dice, good[name])
    const answer = LinkAnswer.safeParse(await served.wire.ask(name, message))
    if (!answer.success) throw new Error(`${name} ${JSON.stringify(message)} was answered by ${answer.error.message}`)
    const kind = answer.data.t === 'down' ? answer.data.why : answer.data.t
    answers.set(kind, (answers.get(kind) ?? 0) + 1)
  }
  // Some were questions still; nothing failed inside.
  expect(served.faults.slice(0, 3)).toEqual([])
  expect([...answers.keys()].toSorted()).toEqual(['bad-message', 'ok'])
  await expectSound(served, 1)
})

test(`${BODIES} spoilt requests at the door: each is refused in words, none lets anybody in`, { timeout: 3_600_000 }, async () => {
  const served = await openServed()
  const dice = createRandom(SEED + 1)
  const secret = 's'.repeat(43)
  const good: Record<string, unknown> = {
    '/door/peek': { secret },
    '/door/join': { secret, name: '某人', login: 'someone', password: '一只猫走过屋顶 42', device: '某台电脑' },
    '/hub': {},
    '/nowhere': {},
  }
  const statuses = new Set<number>()
  for (let n = 0; n < BODIES; n++) {
    const url = pick(dice, Object.keys(good))
    const text = JSON.stringify(mutate(dice, good[url]) ?? null)
    const at = Math.floor(dice() * text.length)
    const payload = dice() < 0.3 ? text.slice(0, at) + pick(dice, ['', '{', '\u0000', ']', '\\u00', '😀']) + text.slice(at + 1) : text
    const method = pick(dice, ['POST', 'POST', 'POST', 'PUT', 'GET', 'DELETE'] as const)
    const type = pick(dice, ['application/json', 'application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])
    // Each from an address of its own: how often one address may knock is another test's.
    const remoteAddress = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
    const { statusCode, body } = await served.server.app.inject({ method, url, remoteAddress, headers: type === '' ? {} : { 'content-type': type }, ...(method === 'GET' ? {} : { payload }) })
    statuses.add(statusCode)
    if (statusCode >= 500 || (statusCode < 300 && url !== '/hub')) throw new Error(`${method} ${url} ${payload.slice(0, 300)} was answered by ${statusCode} ${body}`)
    JSON.parse(body)
  }
  expect(statuses.size).toBeGreaterThan(2)
  await expectSound(served, 2)
})

test(`${FRAMES} spoilt frames on sockets: whoever sends them loses the line at most`, { timeout: 3_600_000 }, async () => {
  const served = await openServed()
  const dice = createRandom(SEED + 2)
  const { secret } = await served.team.accounts.sessions.open(ANN, 'test')
  const auth = `40${JSON.stringify({ protocol: 1, token: secret, version: 'test' })}`
  const good = [`420["ask","hello",{"replicaId":"${idOf(1)}","cursors":[],"sentAt":0}]`, `421["ask","pull",{"scope":"team","afterSeq":0,"limit":10}]`, '42["look",{"place":null}]', '451-["ask",{"_placeholder":true,"num":0}]', auth, '3', '2', '41']
  for (let sent = 0; sent < FRAMES; ) {
    const socket = new WebSocket(`ws://127.0.0.1:${served.server.port}/link/?EIO=4&transport=websocket`)
    const when = (event: 'open' | 'close' | 'error') => new Promise<void>((done) => void socket.addEventListener(event, () => done(), { once: true }))
    const closed = Promise.race([when('close'), when('error')])
    await Promise.race([closed, when('open')])
    if (dice() < 0.8) socket.send(auth)
    for (let frame = 0; frame < 40 && socket.readyState === WebSocket.OPEN; frame++) {
      sent += 1
      const spoilt = mutate(dice, pick(dice, good))
      const text = typeof spoilt === 'string' ? spoilt : (JSON.stringify(spoilt) ?? '')
      socket.send(dice() < 0.2 ? new Uint8Array([...text].map((letter) => letter.charCodeAt(0) & 255)) : text)
      if (dice() < 0.1) await new Promise(setImmediate)
    }
    sent += 1
    socket.close()
    await closed
  }
  await expectSound(served, 3)
})
