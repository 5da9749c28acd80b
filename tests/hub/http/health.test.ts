import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { HubConfig } from '#hub/hub-config.ts'
import { runHub } from '#hub/run-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const ELSEWHERE = '203.0.113.9'
const TOKEN = 'figures-are-for-the-monitor-alone'

async function tryServing(folder: string, settings: Record<string, unknown>) {
  const ran = await runHub(HubConfig.parse({ data: folder, port: 0, host: '127.0.0.1', 'no-tls': true, ...settings }), {
    version: 'test',
    log: () => {},
    now: Date.now,
    addressesAt: () => ['127.0.0.1'],
  })
  if (ran.ok) onTestFinished(() => ran.running.close())
  return ran
}

async function serve(settings: Record<string, unknown> = {}, folder = makeTempFolder()) {
  const ran = await tryServing(folder, settings)
  if (!ran.ok) throw new Error(ran.trouble.kind)
  const { app, port } = ran.running.server
  return {
    app,
    base: `http://127.0.0.1:${port}`,
    get: (url: string, remoteAddress: string, headers: Record<string, string> = {}) =>
      app.inject({ method: 'GET', url, remoteAddress, headers }),
  }
}

test('health says whether the hub can work and nothing more; figures are for this machine alone', async () => {
  const { get, base } = await serve()
  for (const from of ['127.0.0.1', ELSEWHERE]) {
    const health = await get('/healthz', from)
    expect([health.statusCode, health.json()]).toEqual([200, { ok: true }])
  }
  // The complete path once, over a real socket.
  const here = await fetch(`${base}/metrics`)
  expect([here.status, await here.text()]).toEqual([200, expect.stringContaining('stormroom_hub_links')])
  for (const from of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) expect((await get('/metrics', from)).statusCode, from).toBe(200)
  for (const from of [ELSEWHERE, '::ffff:203.0.113.9', '10.0.0.5', 'fe80::1', '1270.0.0.1']) {
    const there = await get('/metrics', from, { 'x-forwarded-for': '127.0.0.1' })
    expect([there.statusCode, there.json()], from).toEqual([404, { ok: false, failure: { code: 'not-found', params: {} } }])
  }
})

test('behind a proxy, where everybody seems to come from this machine, nobody reads figures without a token', async () => {
  const { get } = await serve({ 'behind-proxy': true })
  expect((await get('/metrics', '127.0.0.1')).statusCode).toBe(404)
  expect((await get('/metrics', '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(404)
  expect((await get('/healthz', '127.0.0.1', { 'x-forwarded-for': ELSEWHERE })).json()).toEqual({ ok: true })
})

test('with a token whoever shows it reads the figures, from anywhere, and nobody else', async () => {
  const folder = makeTempFolder()
  const file = join(folder, 'metrics-token')
  writeFileSync(file, `${TOKEN}\n`)
  const { get } = await serve({ 'metrics-token-file': file }, folder)
  expect((await get('/metrics', ELSEWHERE, { authorization: `Bearer ${TOKEN}` })).statusCode).toBe(200)
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: `Bearer ${TOKEN}x` }, { authorization: TOKEN }] as Record<
    string,
    string
  >[]) {
    const refused = await get('/metrics', '127.0.0.1', headers)
    expect([refused.statusCode, refused.headers['www-authenticate'], refused.body]).toEqual([401, 'Bearer', ''])
  }
})

test('a token file that is absent, empty or easy to guess keeps the hub from starting', async () => {
  const folder = makeTempFolder()
  for (const content of [null, '', 'short', 'spaces are no part of a bearer token']) {
    const file = join(folder, 'metrics-token')
    if (content !== null) writeFileSync(file, content)
    expect(await tryServing(join(folder, 'hub'), { 'metrics-token-file': file })).toMatchObject({
      ok: false,
      trouble: { kind: 'metrics-token', path: file },
    })
  }
})

test('A8: behind a proxy the address that counts is the one the proxy saw, whatever the visitor made up before it', async () => {
  const { app } = await serve({ 'behind-proxy': true })
  const statuses: number[] = []
  for (let nth = 0; nth < 31; nth += 1) {
    const answer = await app.inject({
      method: 'POST',
      url: '/auth/peek',
      payload: { secret: 'x'.repeat(40) },
      headers: { 'x-forwarded-for': `198.51.100.${nth}, ${ELSEWHERE}` },
    })
    statuses.push(answer.statusCode)
  }
  expect(statuses.slice(0, 30).every((status) => status === 404)).toBe(true)
  expect(statuses[30]).toBe(429)
})
