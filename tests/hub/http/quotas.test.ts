import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { connectHub } from '#contract/connect-hub.ts'
import { HUB_PROTOCOL, HUB_SOCKET_PATH } from '#contract/hub-wire.ts'
import { WRONG_TOKENS } from '#hub/api/wrong-tokens.ts'
import { LINKS_PER_SESSION } from '#hub/http/serve-links.ts'
import { REFUSED_KEPT } from '#hub/log/refused-texts.ts'
import { memoryWire } from '#hub/session/links.ts'
import { parseOp } from '#domain/log/op.ts'
import { ANN, BEN, entryText, idOf, joinText, opText } from '#tests/support/log-texts.ts'
import { openServed } from '../fuzz/served-hub.ts'

const metric = async (served: Awaited<ReturnType<typeof openServed>>, quota: string) =>
  Number(new RegExp(`over_quota_total\\{[^}]*quota="${quota}"[^}]*\\} (\\d+)`).exec(await served.team.metrics.text())?.[1] ?? 0)

function openLine(port: number, token: string): Promise<Socket | string> {
  const socket = io(`http://127.0.0.1:${port}`, {
    path: HUB_SOCKET_PATH,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { protocol: HUB_PROTOCOL, token, version: 'test' },
  })
  onTestFinished(() => void socket.disconnect())
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', (error) => resolve(error.message))
  })
}

test('a session has only so many lines at once; one that ends makes room', async () => {
  const served = await openServed()
  const { secret } = await served.team.accounts.sessions.open(ANN, 'x')
  const { secret: other } = await served.team.accounts.sessions.open(ANN, 'y')
  const lines = await Promise.all(Array.from({ length: LINKS_PER_SESSION + 4 }, () => openLine(served.server.port, secret)))
  const open = lines.filter((line) => typeof line !== 'string')
  expect(open).toHaveLength(LINKS_PER_SESSION)
  expect(lines.filter((line) => line === 'too-many-links')).toHaveLength(4)
  expect(await metric(served, 'links')).toBe(4)
  expect(typeof (await openLine(served.server.port, other))).toBe('object')
  open[0]?.disconnect()
  for (;;) if (typeof (await openLine(served.server.port, secret)) === 'object') break
})

test('L6: a connection that says nothing is ended, and so is a line that never says whose it is', async () => {
  const { server } = await openServed()
  const silent = connect(server.port, '127.0.0.1')
  const half = new WebSocket(`ws://127.0.0.1:${server.port}/link/?EIO=4&transport=websocket`)
  // Each connection ends without an answer; the test waits only for that.
  const ended = await Promise.all([
    new Promise<string>((done) => void silent.once('close', () => done('silent')).resume()),
    new Promise<string>((done) => void half.addEventListener('close', () => done('half'))),
  ])
  expect(ended).toEqual(['silent', 'half'])
})

test('wrong tokens are held off before the database is asked; a right one behind the same address is not', async () => {
  const served = await openServed()
  const made = await served.link.ask('team.createToken', { name: 't', kind: 'personal', scopes: ['incidents:read'], days: 1 })
  if (!made.ok) throw new Error(made.failure.code)
  const ask = (secret: string, remoteAddress = '10.0.0.1') =>
    served.server.app.inject({ method: 'GET', url: '/api/v1/incidents', remoteAddress, headers: { authorization: `Bearer ${secret}` } })
  expect((await ask(made.value.secret)).statusCode).toBe(200)
  let asked = 0
  const { find } = served.team.tokens
  served.team.tokens.find = (secret) => {
    asked += 1
    return find(secret)
  }
  const statuses = new Map<number, number>()
  for (let n = 0; n < WRONG_TOKENS.max * 3; n++) {
    const { statusCode, headers } = await ask(`srt_${n}`)
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
    if (statusCode === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  }
  expect(Object.fromEntries(statuses)).toEqual({ 401: WRONG_TOKENS.max, 429: WRONG_TOKENS.max * 2 })
  expect(asked).toBe(WRONG_TOKENS.max)
  expect(await metric(served, 'api-tokens')).toBe(WRONG_TOKENS.max * 2)
  expect((await ask(made.value.secret)).statusCode).toBe(200)
  expect((await ask('srt_x', '10.0.0.2')).statusCode).toBe(401)
})

test('of what is refused to a member only so much is kept; each op is answered all the same, and others keep their own room', async () => {
  const served = await openServed()
  await served.team.submit([joinText(BEN, '本')], BEN, { kind: 'invited', role: 'pr' })
  const ben = connectHub(memoryWire(served.team.links, { memberId: BEN, sessionId: null, device: 'test', address: 'here' }))
  const kept = async (memberId: string) => {
    const rows = await served.team.hub.database.kysely
      .selectFrom('record')
      .select('bytes')
      .where('scope', '=', `private:${memberId}`)
      .execute()
    return { records: rows.length, length: rows.reduce((sum, { bytes }) => sum + bytes.length, 0) }
  }
  for (let n = 0; n < 60; n++) await ben.push(Array.from({ length: 10 }, (_, index) => `${n} ${index} ${'x'.repeat(20_000)}`))
  const full = await kept(BEN)
  expect(full.length).toBeLessThanOrEqual(REFUSED_KEPT.length)
  expect(full.length).toBeGreaterThan(REFUSED_KEPT.length - 30_000)
  const { records: beyond } = await ben.push(['one more', 'and another'])
  expect(beyond.map(({ outcome }) => outcome)).toMatchObject([
    { kind: 'rejected', code: 'malformed' },
    { kind: 'rejected', code: 'malformed' },
  ])
  const long = await ben.push(['x'.repeat(30_000), 'y'.repeat(30_000)])
  expect(long.records.map(({ outcome }) => outcome)).toMatchObject([
    { kind: 'rejected', code: 'refused-too-often' },
    { kind: 'rejected', code: 'refused-too-often' },
  ])
  // A refusal names the op by its id and gives the reason, without the op's text.
  const refused = opText({
    type: 'entry.record',
    kind: 'entry',
    id: idOf(0x700),
    body: { kind: 'observation', text: '字'.repeat(9000), happenedAt: 0 },
  })
  const { records } = await ben.push([refused, entryText(idOf(0x701), '照样')])
  expect(records.map(({ outcome }) => outcome)).toMatchObject([{ kind: 'rejected', code: 'malformed' }, { kind: 'accepted' }])
  const told = parseOp(records[0]?.bytes ?? '')
  expect(told).toMatchObject({ ok: true, op: { opId: (JSON.parse(refused) as { opId: string }).opId, body: {} } })
  expect((await ben.push([refused])).records).toEqual([records[0]])
  expect(await metric(served, 'refused-texts')).toBeGreaterThan(3)
  const { records: others } = await served.link.push(['z'.repeat(30_000)])
  expect(others[0]).toMatchObject({ bytes: 'z'.repeat(30_000), outcome: { code: 'malformed' } })
  expect(served.faults).toEqual([])
})

test('rubbish that somebody sends under the hash of a file takes nothing away from who sends the file', async () => {
  const served = await openServed()
  await served.team.submit([joinText(BEN, '本')], BEN, { kind: 'invited', role: 'pr' })
  const ben = connectHub(memoryWire(served.team.links, { memberId: BEN, sessionId: null, device: 'test', address: 'here' }))
  const file = new TextEncoder().encode('the real file '.repeat(1000))
  const hash = createHash('sha256').update(file).digest('hex')
  await served.link.push([entryText(idOf(0x702), '附件', { evidence: [{ hash, name: 'a', size: file.length, mime: 'x' }] })])
  // A member who has not named the file sends nothing under its hash; a member who has named it must prove to have it.
  expect(await ben.writeEvidence(hash, file.length, 0, file.slice(0, 600))).toEqual({ whole: false, received: 0 })
  await ben.push([entryText(idOf(0x703), '附件', { evidence: [{ hash, name: 'a', size: file.length, mime: 'x' }] })])
  const half = file.length / 2
  expect(await served.link.writeEvidence(hash, file.length, 0, file.slice(0, half))).toEqual({ whole: false, received: half })
  const rubbish = new Uint8Array(600)
  expect(await ben.findEvidence(hash)).toEqual({ whole: false, received: 0 })
  expect(await ben.writeEvidence(hash, 600, 0, rubbish)).toEqual({ whole: false, received: 0 })
  expect(await ben.writeEvidence(hash, file.length, 0, rubbish)).toEqual({ whole: false, received: 600 })
  expect(await served.link.findEvidence(hash)).toEqual({ whole: false, received: half })
  expect(await served.link.writeEvidence(hash, file.length, half, file.slice(half))).toEqual({ whole: true, received: file.length })
  expect(await ben.findEvidence(hash)).toEqual({ whole: true, received: file.length })
})
