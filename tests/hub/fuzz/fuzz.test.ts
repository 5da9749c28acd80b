import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { linkCalls, LinkAnswer, type LinkCallName } from '#contract/hub-wire.ts'
import { TOKEN_SCOPES } from '#contract/team-api.ts'
import { ANN, entryText, idOf, INCIDENT, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createRandom } from '#tests/support/seeded.ts'
import { expectSound, openServed, sendAll, type Route, type Served } from './served-hub.ts'
import { pick, sample, spoil, STRANGE, type Dice, type Schema } from './spoil.ts'

/** Messages of an ordinary run; `STORMROOM_RUNS=50` sends a million. */
const FACTOR = Number(process.env['STORMROOM_RUNS'] ?? 1)
const [QUESTIONS, REQUESTS, FRAMES, HANDSHAKES] = [10_000, 5000, 4000, 1000].map((count) => count * FACTOR) as [
  number,
  number,
  number,
  number,
]
const SEED = Number(process.env['STORMROOM_SEED'] ?? 20_260_315)
const TIMEOUT = { timeout: 3_600_000 }

test(
  `${QUESTIONS} spoilt questions over a link: each is answered in the language of the link, and none is the hub's fault`,
  TIMEOUT,
  async () => {
    const served = await openServed()
    const dice = createRandom(SEED)
    const head = { scope: INCIDENT_SCOPE, seq: 1, hash: 'f'.repeat(64) }
    const offer = { ...head, size: 10, sha256: 'e'.repeat(64) }
    const good: Record<LinkCallName, unknown> = {
      hello: { replicaId: idOf(1), cursors: [head], sentAt: 0 },
      'show-heads': { heads: [{ ...head, epoch: 'e', signature: 's' }] },
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
    await sendAll(QUESTIONS, async () => {
      const name = pick(dice, names)
      const message = spoil(dice, good[name])
      const answer = LinkAnswer.safeParse(await served.wire.ask(name, message))
      if (!answer.success) throw new Error(`${name} ${JSON.stringify(message)} was answered by ${answer.error.message}`)
      const kind = answer.data.t === 'down' ? answer.data.why : answer.data.t === 'refused' ? answer.data.reason : answer.data.t
      answers.set(kind, (answers.get(kind) ?? 0) + 1)
      return 1
    })
    // Some were still valid questions, a few an op under a counter that is taken; nothing failed inside.
    expect([...answers.keys()].filter((kind) => kind !== 'cloned').toSorted()).toEqual(['bad-message', 'ok'])
    await expectSound(served, 1)
  },
)

const SECRET = 's'.repeat(43)
/** Valid bodies of the routes that declare no schema. */
const DOORS: Record<string, unknown> = {
  '/auth/peek': { secret: SECRET },
  '/auth/join': { secret: SECRET, name: '某人', login: 'someone', password: '一只猫走过屋顶 42', device: '某台电脑' },
  '/auth/sign-in': { login: 'x', password: '一只猫走过屋顶 42', device: '某台电脑' },
  '/auth/oidc/begin': { secret: SECRET, name: '某人', device: '某台电脑', language: 'en' },
  '/auth/oidc/result': { ticket: idOf(1), pollSecret: SECRET },
  '/auth/oidc/cancel': { ticket: idOf(1), pollSecret: SECRET },
}
/** Routes that answer everybody, with public information or with nothing: of pages, their files, the name of the team, and signing out. */
const OPEN =
  /^\/(hub|healthz|metrics|auth\/oidc\/cancel|api\/v1\/openapi\.json|(approve|console)(\/(?!api\/).*)?|approve\/api\/(who|sign-out))$/

type Asked = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  url: string
  payload: string | null
  type: string
  strange: boolean
}

/** A request to a route as its schema describes it, with something invalid in it. */
function spoiltRequest(dice: Dice, route: Route): Asked {
  const own = (Array.isArray(route.method) ? route.method : [route.method]) as Asked['method'][]
  const method = dice() < 0.85 ? pick(dice, own) : pick(dice, ['POST', 'PUT', 'GET', 'DELETE', 'PATCH'] as const)
  const text = (value: unknown) => encodeURIComponent(String(JSON.stringify(value) ?? value).replaceAll(/\p{Surrogate}/gu, ''))
  const path = route.url.replaceAll(/:(\w+)/g, (_, name: string) =>
    dice() < 0.7 ? (name === 'incidentId' ? INCIDENT : idOf(0x500)) : text(spoil(dice, pick(dice, STRANGE))),
  )
  const query =
    dice() < 0.3
      ? `?${pick(dice, ['after', 'limit', 'code', 'state', '%00', 'a[b]', '__proto__'])}=${text(pick(dice, STRANGE)).slice(0, 400)}`
      : ''
  const body = (route.schema as { body?: z.ZodType } | undefined)?.body
  const wanted = body ? sample(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Schema) : (DOORS[route.url] ?? {})
  const spoilt = JSON.stringify(spoil(dice, wanted) ?? null)
  const at = Math.floor(dice() * spoilt.length)
  const payload = dice() < 0.3 ? spoilt.slice(0, at) + pick(dice, ['', '{', '\u0000', ']', '\\u00', '😀']) + spoilt.slice(at + 1) : spoilt
  const type = pick(dice, [
    'application/json',
    'application/json',
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    '',
  ])
  return {
    method,
    url: path + query,
    payload: method === 'GET' || method === 'HEAD' ? null : payload,
    type,
    strange: route.config?.tokenScope !== undefined,
  }
}

/** Tokens, replaced regularly, since their rate limit is another test's subject. */
function createTokens({ link }: Served) {
  let secret = ''
  return async (sent: number) => {
    if (sent % 200 === 0) {
      const made = await link.ask('team.createToken', { name: '监测', kind: 'personal', scopes: [...TOKEN_SCOPES], days: 1 })
      if (!made.ok) throw new Error(made.failure.code)
      if (secret !== '') await link.ask('team.revokeToken', { id: made.value.id })
      secret = made.value.secret
    }
    return secret
  }
}

test(
  `${REQUESTS} spoilt requests to every route there is, doors and API: each is refused in words or was in order, none is the hub's fault`,
  TIMEOUT,
  async () => {
    const served = await openServed()
    expect(served.routes.length).toBeGreaterThan(15)
    expect(Object.keys(DOORS).filter((url) => !served.routes.some((route) => route.url === url))).toEqual([])
    const dice = createRandom(SEED + 1)
    const statuses = new Map<number, number>()
    const token = createTokens(served)
    await sendAll(REQUESTS, async (sent) => {
      const route = pick(dice, served.routes)
      const { method, url, payload, type, strange } = spoiltRequest(dice, route)
      const secret = await token(sent)
      const authorization =
        dice() < 0.8 ? `Bearer ${secret}` : String(pick(dice, ['', 'Bearer', 'Basic eDp5', `Bearer ${'x'.repeat(3000)}`, 'Bearer \u00e4']))
      const key = dice() < 0.5 ? { 'idempotency-key': pick(dice, ['', 'a', 'x'.repeat(300), String(sent)]) } : {}
      // From so many addresses that none reaches the rate limit, which has its own test; the hub counts no more addresses than these.
      const remoteAddress = `10.0.${(sent >> 8) & 7}.${sent & 255}`
      const { statusCode, body, headers } = await served.server.app.inject({
        method,
        url,
        remoteAddress,
        headers: { ...(type === '' ? {} : { 'content-type': type }), ...(strange ? { authorization, ...key } : {}) },
        ...(payload === null ? {} : { payload }),
      })
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
      const mayPass = strange || OPEN.test(route.url)
      if (statusCode >= 500 || (statusCode < 300 && !mayPass))
        throw new Error(`${method} ${url} ${payload?.slice(0, 300)} was answered by ${statusCode} ${body}`)
      if (String(headers['content-type']).includes('json') && method !== 'HEAD') JSON.parse(body)
      return 1
    })
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 404]))
    // The one login name that is tried many times is locked out eventually.
    expect((statuses.get(429) ?? 0) / REQUESTS).toBeLessThan(0.01)
    await expectSound(served, 2)
  },
)

const EVENTS = [
  'ask',
  'look',
  'notice',
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
  '__proto__',
  'constructor',
  '',
  'x'.repeat(2000),
]

/** A frame of the two layers below the link: type of engine.io and of socket.io, attachments, namespace, answer number, payload. */
function frameOf(dice: Dice): string {
  const kind = pick(dice, ['4', '4', '4', '4', '0', '1', '2', '3', '5', '6', '7', 'b', ''])
  const packet = pick(dice, ['2', '2', '2', '0', '1', '3', '4', '5', '6', '9', ''])
  const attachments = dice() < 0.2 ? pick(dice, ['1-', '0-', '-1-', '3-', '99999999999-', '-', '1']) : ''
  const namespace = dice() < 0.15 ? pick(dice, ['/,', '/admin,', '/\u0000,', '//', `/${'n'.repeat(3000)},`, '/__proto__,']) : ''
  const answer = dice() < 0.6 ? pick(dice, ['0', '1', '7', '-1', '99999999999999999999', '1e9', '00']) : ''
  const said =
    dice() < 0.15
      ? pick(dice, [
          '',
          '[',
          '{}',
          'null',
          '"ask"',
          '[null]',
          '[1]',
          '[[]]',
          '[{"_placeholder":true,"num":5}]',
          '[{"_placeholder":true,"num":-1}]',
        ])
      : JSON.stringify([
          pick(dice, EVENTS),
          pick(dice, [...Object.keys(linkCalls), '__proto__', 1, null]),
          spoil(dice, { scope: 'team', afterSeq: 0, limit: 10 }),
        ])
  return kind + packet + attachments + namespace + answer + said
}

test(`${FRAMES} spoilt frames on sockets: whoever sends them loses the line at most`, TIMEOUT, async () => {
  const served = await openServed()
  const dice = createRandom(SEED + 2)
  const { secret } = await served.team.accounts.sessions.open(ANN, 'test')
  const auth = `40${JSON.stringify({ protocol: 1, token: secret, version: 'test' })}`
  const good = [
    `420["ask","hello",{"replicaId":"${idOf(1)}","cursors":[],"sentAt":0}]`,
    `421["ask","pull",{"scope":"team","afterSeq":0,"limit":10}]`,
    '42["look",{"place":null}]',
    '451-["ask",{"_placeholder":true,"num":0}]',
    auth,
    '3',
    '2',
    '41',
  ]
  await sendAll(FRAMES, async () => {
    let sent = 1
    const socket = new WebSocket(`ws://127.0.0.1:${served.server.port}/link/?EIO=4&transport=websocket`)
    const when = (event: 'open' | 'close' | 'error') =>
      new Promise<void>((done) => void socket.addEventListener(event, () => done(), { once: true }))
    const closed = Promise.race([when('close'), when('error')])
    await Promise.race([closed, when('open')])
    if (dice() < 0.8) socket.send(auth)
    for (let frame = 0; frame < 40 && socket.readyState === WebSocket.OPEN; frame++) {
      sent += 1
      const spoilt = dice() < 0.5 ? frameOf(dice) : spoil(dice, pick(dice, good))
      const text = typeof spoilt === 'string' ? spoilt : (JSON.stringify(spoilt) ?? '')
      socket.send(dice() < 0.2 ? new Uint8Array([...text].map((letter) => letter.charCodeAt(0) & 255)) : text)
      if (dice() < 0.1) await new Promise(setImmediate)
    }
    socket.close()
    await closed
    return sent
  })
  await expectSound(served, 3)
})

/** The first bytes on a connection, as a browser, a scanner or a broken proxy might send them. */
function handshake(dice: Dice): string {
  const query = ['EIO', 'transport', 'sid', 't', 'b64', 'j']
    .filter(() => dice() < 0.6)
    .map(
      (name) => `${name}=${pick(dice, ['4', '3', '-1', 'websocket', 'polling', 'webtransport', '%00', '__proto__', 'x'.repeat(900), ''])}`,
    )
  const path = pick(dice, ['/link/', '/link/', '/link', '/link/..', '/link/%2e%2e/', '/socket.io/', '//link/', '/link/\u00ff'])
  const headers = [
    `Upgrade: ${pick(dice, ['websocket', 'websocket', 'h2c', '', 'WEBSOCKET'])}`,
    `Connection: ${pick(dice, ['Upgrade', 'Upgrade', 'close', 'keep-alive, Upgrade'])}`,
    `Sec-WebSocket-Key: ${pick(dice, ['dGhlIHNhbXBsZSBub25jZQ==', 'x', '', 'x'.repeat(500)])}`,
    `Sec-WebSocket-Version: ${pick(dice, ['13', '13', '8', '-1', 'x'])}`,
    `Sec-WebSocket-Extensions: ${pick(dice, ['permessage-deflate', 'permessage-deflate; client_max_window_bits=99', ';;;', 'x'.repeat(500)])}`,
    `Content-Length: ${pick(dice, ['0', '5', '-1', '99999999999', 'x'])}`,
    `Cookie: io=${pick(dice, ['', '%', 'x'.repeat(20_000)])}`,
    `Origin: ${pick(dice, ['null', 'https://elsewhere.example', '\u0001'])}`,
  ].filter((_, index) => (index < 4 ? dice() < 0.9 : dice() < 0.2))
  return `${pick(dice, ['GET', 'GET', 'GET', 'POST', 'OPTIONS', 'CONNECT', 'BREW'])} ${path}?${query.join('&')} HTTP/${pick(dice, ['1.1', '1.1', '1.0', '9.9'])}\r\nHost: hub\r\n${headers.join('\r\n')}\r\n${pick(dice, ['\r\n', '\r\n', '\r\n', '', '\r\nhello\u0000\u0081'])}`
}

/** Sends the text on its own connection and hangs up after the answer, or at once when none will come. */
function say(port: number, text: string, patient: boolean): Promise<string> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    const end = () => {
      socket.destroy()
      done(answer)
    }
    socket.on('error', end)
    socket.on('close', end)
    socket.on('data', (piece) => {
      answer += piece.toString('latin1')
      end()
    })
    socket.on('connect', () => void socket.write(Buffer.from(text, 'latin1'), () => (patient ? undefined : end())))
  })
}

test(`${HANDSHAKES} spoilt handshakes: each is turned away or begins a line that says nothing, and none stays`, TIMEOUT, async () => {
  const served = await openServed()
  const dice = createRandom(SEED + 3)
  await sendAll(HANDSHAKES, async () => {
    const texts = Array.from({ length: 20 }, () => handshake(dice))
    // Only an ordinary request is sure to be answered at once.
    const answers = await Promise.all([
      say(served.server.port, 'GET /link/?EIO=9 HTTP/1.1\r\nHost: hub\r\n\r\n', true),
      ...texts.map((text) => say(served.server.port, text, false)),
    ])
    expect(answers[0]).toMatch(/^HTTP\/1\.1 4/)
    return answers.length
  })
  await expectSound(served, 4)
  expect(served.team.links.count()).toBe(1)
})
