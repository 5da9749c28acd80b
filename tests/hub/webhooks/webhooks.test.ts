import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { RETRY_AFTER } from '#hub/webhooks/send-deliveries.ts'
import { createWebhooks } from '#hub/webhooks/webhooks.ts'
import { isPublicAddress, pinTarget } from '#hub/webhooks/webhook-address.ts'
import { ANN, BEN, declareText, entryText, idOf, INCIDENT, opText } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ENGINES, openLog, titleOf, type EngineName } from '../open-log.ts'
import { openApi } from '../api/open-api.ts'

type Received = { headers: Record<string, string | string[] | undefined>; body: string }

/** A receiver on a real socket. */
async function openReceiver() {
  const received: Received[] = []
  let status = 200
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, answer: (next: number) => (status = next) }
}

async function openHooks(engine: EngineName) {
  const log = await openLog(engine)
  const { clock } = log
  let made = 0x5000
  const sent: boolean[] = []
  const open = () =>
    createWebhooks(
      log.hub,
      { now: clock.now, random: (bytes) => new Uint8Array(bytes).fill(7), uuid: () => idOf(made++) },
      { allowPrivate: true, onSent: (ok) => sent.push(ok) },
    )
  return { ...log, sent, open, webhooks: open() }
}

for (const { engine, missing } of ENGINES) {
  describe.skipIf(missing !== null)(titleOf(engine, missing), () => {
    test('what happens is told once, signed as Standard Webhooks; what was before the hook, and what nobody asked for, is not', async () => {
      const { webhooks, submit, clock, open } = await openHooks(engine)
      const { received, url } = await openReceiver()
      await submit(declareText())
      clock.advance(1000)
      const hook = await webhooks.add(url, ['incident.declared', 'entry.added'], ANN)
      await submit(entryText(idOf(0x800), '客服接到投诉'))
      await webhooks.take()
      await webhooks.take()
      // Another node, or this one after a crash, finds nothing new.
      await open().take()
      expect(await webhooks.send()).toBe(1)
      expect(await webhooks.send()).toBe(0)
      expect(received).toHaveLength(1)
      const [{ headers, body }] = received as [Received]
      expect(JSON.parse(body)).toMatchObject({
        type: 'entry.added',
        timestamp: expect.any(String),
        data: { incidentId: expect.any(String), entity: { kind: 'entry', id: idOf(0x800) }, seq: 2, actor: ANN },
      })
      expect(body).not.toContain('客服接到投诉')
      const key = Buffer.from(hook.secret.replace('whsec_', ''), 'base64')
      const signature = createHmac('sha256', key)
        .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`)
        .digest('base64')
      expect(headers['webhook-signature']).toBe(`v1,${signature}`)
      expect(headers['webhook-timestamp']).toBe(String(Math.floor(clock.now() / 1000)))
      expect(await webhooks.list()).toMatchObject([
        { id: hook.id, url, active: true, deliveries: [{ status: 200, attempt: 1, error: null, nextAt: null }] },
      ])
    })

    test('what does not arrive is tried again, later and later, with the same id, and given up after about a day', async () => {
      const { webhooks, submit, clock, sent } = await openHooks(engine)
      const { received, url, answer } = await openReceiver()
      await webhooks.add(url, ['incident.declared'], ANN)
      answer(500)
      await submit(declareText())
      await webhooks.take()
      for (const wait of RETRY_AFTER) {
        expect(await webhooks.send()).toBe(1)
        expect(await webhooks.send()).toBe(0)
        clock.advance(wait)
      }
      expect(await webhooks.send()).toBe(1)
      clock.advance(86_400_000)
      expect(await webhooks.send()).toBe(0)
      expect(sent).toEqual(Array.from({ length: RETRY_AFTER.length + 1 }, () => false))
      expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
      expect(RETRY_AFTER.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(23 * 3_600_000)
      expect(await webhooks.list()).toMatchObject([{ deliveries: [{ status: 500, attempt: RETRY_AFTER.length + 1, nextAt: null }] }])
    })
  })
}

test('a redirect is an answer and not followed; a receiver that is gone hears nothing more', async () => {
  const { webhooks, submit } = await openHooks('sqlite')
  const { received, url, answer } = await openReceiver()
  await webhooks.add(url, ['incident.declared', 'entry.added'], ANN)
  answer(302)
  await submit(declareText())
  await webhooks.take()
  await webhooks.send()
  expect(received).toHaveLength(1)
  expect(await webhooks.list()).toMatchObject([{ active: true, deliveries: [{ status: 302, attempt: 1, nextAt: expect.any(Number) }] }])
  answer(410)
  await submit(entryText(idOf(0x801), '第二条'))
  await webhooks.take()
  await webhooks.send()
  expect(received).toHaveLength(2)
  expect(await webhooks.list()).toMatchObject([{ active: false }])
})

test('P10: nothing of a restricted incident is told to a hook', async () => {
  const { webhooks, submit } = await openHooks('sqlite')
  const { received, url } = await openReceiver()
  await webhooks.add(url, ['incident.declared', 'entry.added'], ANN)
  await submit(declareText(idOf(0x77), { restrictedTo: [BEN] as never }))
  await webhooks.take()
  expect(await webhooks.send()).toBe(0)
  expect(received).toEqual([])
})

test('P10: a delivery that waits for another try is not sent once its incident is for named people alone', async () => {
  const { webhooks, submit, clock } = await openHooks('sqlite')
  const { received, url, answer } = await openReceiver()
  await webhooks.add(url, ['incident.declared'], ANN)
  answer(500)
  await submit(declareText())
  await webhooks.take()
  expect(await webhooks.send()).toBe(1)
  await submit(opText({ type: 'incident.restrict', kind: 'incident', id: INCIDENT, body: { members: [ANN] } }))
  answer(200)
  for (const wait of RETRY_AFTER) {
    clock.advance(wait)
    await webhooks.take()
    await webhooks.send()
  }
  expect(received).toHaveLength(1)
  expect(await webhooks.list()).toMatchObject([{ deliveries: [{ nextAt: null }] }])
})

test('a receiver that never answers holds up neither the others nor what comes for them meanwhile', async () => {
  const { webhooks, submit } = await openHooks('sqlite')
  const held: ServerResponse[] = []
  const deaf = createServer((_request, response) => void held.push(response))
  await once(deaf.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => new Promise<void>((resolve) => void deaf.close(() => resolve())))
  const healthy = await openReceiver()
  await webhooks.add(`http://127.0.0.1:${(deaf.address() as AddressInfo).port}/hook`, ['entry.added'], ANN)
  await webhooks.add(healthy.url, ['entry.added'], ANN)
  await submit(declareText())
  const write = async (from: number, count: number) => {
    for (let n = 0; n < count; n++) await submit(entryText(idOf(from + n), `第 ${n} 条`))
    await webhooks.take()
  }
  await write(0x800, 40)
  const first = webhooks.send()
  await expect.poll(() => healthy.received.length, { timeout: 30_000 }).toBe(40)
  await write(0x900, 5)
  await webhooks.send()
  expect(healthy.received).toHaveLength(45)
  expect(held.length).toBeGreaterThan(0)
  webhooks.close()
  for (const response of held) response.writeHead(200).end()
  await first
})

test('events go to the open Internet alone: neither this machine nor its networks nor the metadata of clouds, by number or by name', async () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '255.255.255.255',
    'fd00:ec2::254',
  ])
    expect(isPublicAddress(address), address).toBe(false)
  for (const address of ['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '172.32.0.1', '11.0.0.1'])
    expect(isPublicAddress(address), address).toBe(true)
  const resolve = async (host: string) =>
    host === 'good.example'
      ? [{ address: '93.184.216.34', family: 4 }]
      : host === 'mixed.example'
        ? [
            { address: '93.184.216.34', family: 4 },
            { address: '10.0.0.1', family: 4 },
          ]
        : []
  expect(await pinTarget('https://good.example/x', false, resolve)).toMatchObject({
    ok: true,
    target: { address: '93.184.216.34', family: 4 },
  })
  for (const [url, why] of [
    ['http://good.example/x', 'not-https'],
    ['ftp://good.example/x', 'not-http'],
    ['https://u:p@good.example/x', 'credentials'],
    ['https://mixed.example/x', 'private-address'],
    ['https://none.example/x', 'unknown-host'],
    ['https://127.1/x', 'private-address'],
    ['https://0x7f000001/x', 'private-address'],
    ['https://2130706433/x', 'private-address'],
    ['https://[::ffff:10.0.0.1]/x', 'private-address'],
    ['https://[::1]/x', 'private-address'],
  ] as const) {
    expect(await pinTarget(url, false, resolve), url).toEqual({ ok: false, why })
  }
})

test('hooks are for those who look after the team, known events, and addresses that may be; what a token does is told by itself', async () => {
  const api = await openApi(makeTempFolder('hooks', 'quick'))
  onTestFinished(() => api.close())
  const { url } = await openReceiver()
  expect(await api.ask(BEN)('team.addWebhook', { url, events: ['entry.added'] })).toMatchObject({
    ok: false,
    failure: { code: 'not-permitted' },
  })
  expect(await api.ask(BEN)('team.webhooks', {})).toMatchObject({ ok: false, failure: { code: 'not-permitted' } })
  expect(await api.ask(ANN)('team.addWebhook', { url, events: ['entry.eaten'] })).toMatchObject({
    ok: false,
    failure: { code: 'bad-input' },
  })
  expect(await api.ask(ANN)('team.addWebhook', { url, events: ['entry.added'] })).toMatchObject({
    ok: false,
    failure: { code: 'webhook-address', params: { detail: 'not-https' } },
  })
  const made = await api.ask(ANN)('team.addWebhook', { url: 'https://93.184.216.34/hook', events: ['task.added'] })
  if (!made.ok) throw new Error(made.failure.code)
  expect(made.value.secret).toMatch(/^whsec_/)
  expect(JSON.stringify(await api.ask(ANN)('team.webhooks', {}))).not.toContain(made.value.secret)
  expect(await api.ask(ANN)('team.removeWebhook', { id: made.value.id })).toEqual({ ok: true, value: null })
  expect(await api.ask(ANN)('team.webhooks', {})).toEqual({ ok: true, value: [] })
})
