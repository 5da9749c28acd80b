import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { ENGINES, openNodes, titleOf, type EngineName } from '../open-log.ts'
import { ANN, BEN, idOf, opText } from '#tests/support/log-texts.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { runCommand } from '#hub/api/run-command.ts'
import { idsFrom } from '#hub/api/write-ops.ts'
import { INCIDENT_BODY, openApi } from './open-api.ts'

type Api = Awaited<ReturnType<typeof openApi>>

const opened: Api[] = []
afterEach(async () => {
  for (const api of opened.splice(0)) {
    expect(api.faults).toEqual([])
    await api.close()
  }
})

async function open(engine: EngineName = 'sqlite', clock = createFakeClock()): Promise<Api> {
  const [hub] = await openNodes(engine, 1, clock)
  const api = await openApi(makeTempFolder('api', 'quick'), clock.now, hub)
  opened.push(api)
  return api
}

const idIn = (answer: { body: Record<string, unknown> }) => String(answer.body['id'])

test('a token that is revoked while its request is still being sent writes nothing', async () => {
  const api = await open()
  const { secret, id } = await api.token(ANN)
  const body = JSON.stringify(INCIDENT_BODY)
  const sent = request(`${api.base}/api/v1/incidents`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'idempotency-key': 'a-slow-body',
    },
  })
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>
  sent.write(body.slice(0, 10))
  // The request head has been judged when a later request is answered.
  expect(await api.call('GET', '/incidents', secret)).toMatchObject({ status: 200 })
  expect(await api.ask(ANN)('team.revokeToken', { id })).toMatchObject({ ok: true })
  sent.end(body.slice(10))
  const [answer] = await answered
  answer.resume()
  expect(answer.statusCode).toBe(401)
  expect((await api.call('GET', '/incidents', (await api.token(ANN)).secret)).body['incidents']).toEqual([])
})

test('what a service token writes makes it follow nothing', async () => {
  const api = await open()
  const { secret } = await api.token(ANN, 'service')
  const id = idIn(await api.call('POST', '/incidents', (await api.token(ANN)).secret, INCIDENT_BODY))
  expect(await api.call('POST', `/incidents/${id}/entries`, secret, { kind: 'observation', text: '舆情上升' })).toMatchObject({
    status: 201,
  })
  expect(await api.hub.log.readEntity('followers', id)).toBeUndefined()
})

test('an act that is in the log is answered as done, although something that goes with it was refused', async () => {
  const api = await open()
  const id = idIn(await api.call('POST', '/incidents', (await api.token(ANN)).secret, INCIDENT_BODY))
  const at = { scope: incidentScope(id), version: 1 }
  const entry = {
    ...at,
    kind: 'entry',
    id: idOf(0x31),
    type: 'entry.record',
    body: { kind: 'action', text: '已停售', happenedAt: TWO_AT_NIGHT },
  }
  const nobody = { ...at, kind: 'followers', id, type: 'followers.add', body: { memberId: idOf(0x99), why: 'named' } }
  const ids = idsFrom('one request')
  const written = await runCommand(api.team, ANN, ids, () => [entry, nobody])
  expect(written).toMatchObject({ ok: true, value: { scope: at.scope } })
  expect(await runCommand(api.team, ANN, ids, () => [entry, nobody])).toEqual(written)
  // When all ops are required, or the act itself is refused, the refusal is the answer.
  const refused = { ok: false, failure: { code: 'not-found' } }
  expect(await runCommand(api.team, ANN, idsFrom('another'), () => [{ ...entry, id: idOf(0x32) }, nobody], 'all')).toMatchObject(refused)
  expect(await runCommand(api.team, ANN, idsFrom('third'), () => [nobody, { ...entry, id: idOf(0x33) }])).toMatchObject(refused)
})

for (const { engine, missing } of ENGINES) {
  describe.skipIf(missing !== null)(titleOf(engine, missing), () => {
    test("what a token writes is history like a member's: declared, recorded, corrected, counted, assigned, and read again", async () => {
      const api = await open(engine)
      const { secret } = await api.token(ANN)
      const declared = await api.call('POST', '/incidents', secret, INCIDENT_BODY)
      expect(declared).toMatchObject({ status: 201, body: { record: { seq: 1, recordedAt: TWO_AT_NIGHT } } })
      const id = idIn(declared)
      const path = `/incidents/${id}`
      expect(await api.call('GET', path, secret)).toMatchObject({
        status: 200,
        body: { title: '滤芯异味', level: 1, stage: 'initial-complaint', status: 'open', commander: ANN, restricted: false },
      })
      expect((await api.call('GET', '/incidents', secret)).body['incidents']).toHaveLength(1)

      const entry = await api.call('POST', `${path}/entries`, secret, { kind: 'observation', text: '微博出现集中投诉', tags: ['微博'] })
      expect(entry.status).toBe(201)
      const corrected = await api.call('POST', `${path}/entries/${idIn(entry)}/corrections`, secret, {
        content: { kind: 'observation', text: '微博出现 12 条投诉', happenedAt: TWO_AT_NIGHT },
        reason: '数目补上',
      })
      expect(corrected.status).toBe(201)
      const first = await api.call('GET', `${path}/entries?limit=1`, secret)
      expect(first.body).toMatchObject({ entries: [{ kind: 'system', seq: 2 }], next: 2 })
      const second = await api.call('GET', `${path}/entries?limit=10&after=2`, secret)
      expect(second.body).toMatchObject({
        entries: [{ id: idIn(entry), seq: 3, text: '微博出现 12 条投诉', author: ANN, tags: ['微博'], corrected: 1 }],
        next: null,
      })

      const points = { series: { name: '微博转发', metric: 'spread' }, points: [{ at: TWO_AT_NIGHT, value: 12 }] }
      const counted = await api.call('POST', `${path}/points`, secret, points)
      const again = await api.call('POST', `${path}/points`, secret, { ...points, points: [{ at: TWO_AT_NIGHT - 1000, value: 3 }] })
      expect(again.body['seriesId']).toBe(counted.body['seriesId'])
      expect((await api.call('GET', `${path}/series`, secret)).body['series']).toMatchObject([
        { name: '微博转发', metric: 'spread', reading: 'increments' },
      ])
      expect((await api.call('GET', `${path}/series/${String(counted.body['seriesId'])}/points`, secret)).body['points']).toEqual([
        { at: TWO_AT_NIGHT - 1000, value: 3 },
        { at: TWO_AT_NIGHT, value: 12 },
      ])

      const task = await api.call('POST', `${path}/tasks`, secret, { title: '回访首批投诉人', department: 'call-center' })
      const second_ = await api.call('POST', `${path}/tasks`, secret, { title: '汇总', blockedBy: [idIn(task)] })
      expect(await api.call('POST', `${path}/tasks/${idIn(second_)}/moves`, secret, { to: 'done' })).toMatchObject({
        status: 409,
        body: { code: 'task-blocked', params: { count: 1 }, type: 'urn:stormroom:failure:task-blocked' },
      })
      expect((await api.call('POST', `${path}/tasks/${idIn(task)}/moves`, secret, { to: 'done' })).status).toBe(201)
      expect((await api.call('GET', `${path}/tasks`, secret)).body['tasks']).toMatchObject([
        { title: '回访首批投诉人', state: 'done' },
        { title: '汇总', state: 'todo' },
      ])
      expect((await api.call('GET', '/members', secret)).body['members']).toMatchObject([
        { id: ANN, name: '安', role: 'commander', owner: true },
        { id: BEN, name: '本', active: true },
      ])
    })

    test('the same request with the same key is done once and answered alike; another one with that key is refused', async () => {
      const clock = createFakeClock()
      const api = await open(engine, clock)
      const { secret } = await api.token(ANN)
      const key = { 'idempotency-key': 'k-1' }
      const first = await api.call('POST', '/incidents', secret, INCIDENT_BODY, key)
      expect(await api.call('POST', '/incidents', secret, INCIDENT_BODY, key)).toMatchObject({ status: 201, body: first.body })
      expect(await api.call('POST', '/incidents', secret, { ...INCIDENT_BODY, level: 2 }, key)).toMatchObject({
        status: 422,
        body: { code: 'idempotency-mismatch' },
      })
      // Idempotency keys belong to their token.
      const other = await api.token(BEN)
      expect((await api.call('POST', '/incidents', other.secret, INCIDENT_BODY, key)).body['id']).not.toBe(first.body['id'])
      // Many at once: one is executed, the others get its answer or are told to wait.
      const path = `/incidents/${idIn(first)}/entries`
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => api.call('POST', path, secret, { kind: 'action', text: '下架' }, { 'idempotency-key': 'k-2' })),
      )
      expect(new Set(answers.filter(({ status }) => status === 201).map(idIn)).size).toBe(1)
      expect(
        answers.filter(({ status }) => status !== 201).every(({ status, body }) => status === 409 && body['code'] === 'idempotency-busy'),
      ).toBe(true)
      // A crash between the record and the stored answer: the ids are the same, so the log recognizes the op.
      await api.team.idempotencyKeys.forget('', '')
      const { tokenId } = (await api.team.tokens.find(secret)) ?? { tokenId: '' }
      clock.advance(25 * 3_600_000)
      await api.team.idempotencyKeys.sweep()
      const later = await api.call('POST', path, secret, { kind: 'action', text: '下架' }, { 'idempotency-key': 'k-2' })
      expect(tokenId).not.toBe('')
      expect(idIn(later)).toBe(idIn(answers.find(({ status }) => status === 201) ?? later))
      const listed = await api.call('GET', path, secret)
      expect((listed.body['entries'] as { text: string }[]).filter(({ text }) => text === '下架')).toHaveLength(1)
    })
  })
}

test('P10: a restricted incident is not there for a token whose member may not read it, in no answer', async () => {
  const api = await open()
  const [mine, theirs] = [await api.token(ANN), await api.token(BEN)]
  const hidden = await api.call('POST', '/incidents', mine.secret, { ...INCIDENT_BODY, restrictedTo: [ANN] })
  const id = idIn(hidden)
  expect((await api.call('GET', '/incidents', theirs.secret)).body['incidents']).toEqual([])
  const nowhere = idOf(0x999)
  for (const [method, suffix, body] of [
    ['GET', '', undefined],
    ['GET', '/entries', undefined],
    ['GET', '/tasks', undefined],
    ['GET', '/series', undefined],
    ['POST', '/entries', { kind: 'action', text: '看看' }],
    ['POST', '/tasks', { title: '看看' }],
    ['POST', '/points', { series: { name: '看看' }, points: [{ at: TWO_AT_NIGHT, value: 1 }] }],
  ] as const) {
    const [here, there] = [
      await api.call(method, `/incidents/${id}${suffix}`, theirs.secret, body),
      await api.call(method, `/incidents/${nowhere}${suffix}`, theirs.secret, body),
    ]
    expect(here).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect(here.body).toEqual(there.body)
  }
})

test('a token does what its scopes say and its member may, until it is revoked, past its end, or its member is', async () => {
  const clock = createFakeClock()
  const api = await open('sqlite', clock)
  expect((await api.call('GET', '/incidents', null)).status).toBe(401)
  expect(await api.call('GET', '/incidents', 'srt_nonsense')).toMatchObject({ status: 401, body: { code: 'token-invalid' } })
  const reading = await api.token(BEN, 'personal', ['incidents:read'])
  expect(reading.secret).toMatch(/^srt_[\w-]{43}$/)
  expect((await api.call('GET', '/incidents', reading.secret)).status).toBe(200)
  expect(await api.call('POST', '/incidents', reading.secret, INCIDENT_BODY)).toMatchObject({
    status: 403,
    body: { code: 'token-scope', params: { scope: 'incidents:write' } },
  })
  const rows = await api.hub.database.kysely.withTables<{ token: object }>().selectFrom('token').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(reading.secret)

  // A service acts as its own member, who cannot command or sign in; the end of the service is the end of the member.
  expect(await api.ask(BEN)('team.createToken', { name: '舆情监测', kind: 'service', scopes: ['members:read'], days: 1 })).toMatchObject({
    ok: false,
    failure: { code: 'not-permitted' },
  })
  const service = await api.token(ANN, 'service')
  const declared = await api.call('POST', '/incidents', service.secret, INCIDENT_BODY)
  expect(declared.status).toBe(201)
  const members = (await api.call('GET', '/members', service.secret)).body['members'] as { id: string; name: string }[]
  const member = members.find(({ name }) => name === '监测')
  expect(member).toMatchObject({ role: 'technical', department: null, layer: 'execution', owner: false, active: true })
  expect(await api.team.accounts.loginOf(member?.id ?? '')).toMatchObject({ login: null, hasPassword: false })
  expect(await api.ask(BEN)('team.revokeToken', { id: service.id })).toMatchObject({ ok: false, failure: { code: 'not-permitted' } })
  expect(await api.ask(ANN)('team.revokeToken', { id: service.id })).toMatchObject({ ok: true })
  expect((await api.call('GET', '/incidents', service.secret)).status).toBe(401)
  expect(await api.team.readMember(member?.id ?? '')).toMatchObject({ status: 'revoked' })

  expect(await api.ask(BEN)('team.tokens', {})).toMatchObject({ ok: true, value: [{ id: reading.id, lastUsedAt: TWO_AT_NIGHT }] })
  expect(await api.ask(ANN)('team.tokens', {})).toMatchObject({
    ok: true,
    value: expect.arrayContaining([expect.objectContaining({ id: service.id, revokedAt: TWO_AT_NIGHT })]),
  })
  await api.team.submit([opText({ type: 'member.revoke', kind: 'member', id: BEN, body: { reason: '离职' } })], ANN, null)
  expect(await api.call('GET', '/incidents', reading.secret)).toMatchObject({ status: 403, body: { code: 'member-revoked' } })
  const short = await api.token(ANN)
  clock.advance(31 * 86_400_000)
  expect((await api.call('GET', '/incidents', short.secret)).status).toBe(401)
})

test("each token has its own rate, told in the draft's headers; too many are refused as a problem", async () => {
  const api = await open()
  const [one, two] = [await api.token(ANN), await api.token(BEN)]
  const first = await api.call('GET', '/members', one.secret)
  expect(first.headers.get('ratelimit-limit')).toBe('300')
  expect(first.headers.get('ratelimit-remaining')).toBe('299')
  for (let left = 299; left > 0; left -= 50)
    await Promise.all(Array.from({ length: Math.min(50, left) }, () => api.call('GET', '/members', one.secret)))
  expect(await api.call('GET', '/members', one.secret)).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
  expect((await api.call('GET', '/members', two.secret)).status).toBe(200)
})

test('bodies that are wrong, huge or no JSON are refused as problems, never a fault', async () => {
  const api = await open()
  const { secret } = await api.token(ANN)
  expect(await api.call('POST', '/incidents', secret, { ...INCIDENT_BODY, colour: 'red' })).toMatchObject({
    status: 400,
    body: { code: 'bad-input' },
  })
  expect(await api.call('POST', '/incidents', secret, { ...INCIDENT_BODY, known: 'x'.repeat(300_000) })).toMatchObject({ status: 413 })
  const raw = (body: string, type: string) =>
    fetch(`${api.base}/api/v1/incidents`, { method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': type }, body })
  expect((await raw('{', 'application/json')).status).toBe(400)
  expect((await raw('{"__proto__": 1}', 'application/json')).status).toBe(400)
  expect((await raw('a=b', 'application/x-www-form-urlencoded')).status).toBe(415)
  expect(await api.call('GET', '/nowhere', secret)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  const response = await fetch(`${api.base}/api/v1/incidents`, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } })
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
})
