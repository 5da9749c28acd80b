import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { ANN, idOf } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { INCIDENT_BODY, openApi, type Answer } from './open-api.ts'

const ROOT = '/api/v1'
const PROBLEM = 'application/problem+json'

const Responses = z.record(z.string(), z.object({ content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })) }))
const Description = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string(), responses: Responses }))),
})

async function open() {
  const api = await openApi(makeTempFolder('api', 'quick'))
  onTestFinished(async () => {
    expect(api.faults).toEqual([])
    await api.close()
  })
  const described: unknown = await (await fetch(`${api.base}${ROOT}/openapi.json`)).json()
  return { api, described, description: Description.parse(described) }
}

test('the description is OpenAPI 3.1 by the published schema of that version', async () => {
  const { described } = await open()
  const validator = new Validator()
  expect(await validator.validate(structuredClone(described) as Record<string, unknown>)).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
  // The validator does not accept everything.
  const { info: _left, ...rest } = described as Record<string, unknown>
  expect((await new Validator().validate(rest)).valid).toBe(false)
})

test('every route answers what it declares, in its words and in its media type, when it does as asked and when it refuses', async () => {
  const { api, description } = await open()
  const { secret } = await api.token(ANN)
  const proven = new Map<string, Set<string>>()

  function check(method: string, template: string, answer: Answer): Answer {
    const operation = description.paths[ROOT + template]?.[method.toLowerCase()]
    if (!operation) throw new Error(`${method} ${template} is not described`)
    const declared = operation.responses[String(answer.status)] ?? operation.responses[`${String(answer.status).charAt(0)}XX`]
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
    const { schema } = declared?.content[type] ?? {}
    expect(schema, `${operation.operationId} ${answer.status} as ${type}`).toBeDefined()
    expect(type).toBe(answer.status < 400 ? 'application/json' : PROBLEM)
    const held = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(answer.body)
    expect(held.success ? null : z.prettifyError(held.error), `${operation.operationId} ${answer.status}`).toBeNull()
    proven.set(operation.operationId, (proven.get(operation.operationId) ?? new Set()).add(answer.status < 400 ? 'done' : 'refused'))
    return answer
  }

  async function call(
    method: 'GET' | 'POST',
    template: string,
    ids: Record<string, string>,
    body?: unknown,
    token: string | null = secret,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const path = template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => ids[name] ?? '')
    return check(method, template, await api.call(method, path, token, body, headers))
  }
  const idIn = (answer: Answer, name = 'id') => String(answer.body[name])

  const incident = idIn(await call('POST', '/incidents', {}, { ...INCIDENT_BODY, known: '三地有投诉' }))
  const ids: Record<string, string> = { incidentId: incident }
  const happenedAt = Date.now()
  ids['entryId'] = idIn(
    await call('POST', '/incidents/{incidentId}/entries', ids, {
      kind: 'decision',
      text: '下架',
      decision: { reason: '起火', decidedBy: '安' },
      tags: ['召回'],
    }),
  )
  await call('POST', '/incidents/{incidentId}/entries/{entryId}/corrections', ids, {
    content: { kind: 'action', text: '已下架', happenedAt },
    reason: '已做',
  })
  ids['seriesId'] = idIn(
    await call('POST', '/incidents/{incidentId}/points', ids, { series: { name: '投诉' }, points: [{ at: happenedAt, value: 12.5 }] }),
    'seriesId',
  )
  ids['taskId'] = idIn(await call('POST', '/incidents/{incidentId}/tasks', ids, { title: '回访', checklist: ['名单'] }))
  await call('POST', '/incidents/{incidentId}/tasks/{taskId}/moves', ids, { to: 'done' })
  for (const template of [
    '/incidents',
    '/incidents/{incidentId}',
    '/incidents/{incidentId}/entries',
    '/incidents/{incidentId}/series',
    '/incidents/{incidentId}/series/{seriesId}/points',
    '/incidents/{incidentId}/tasks',
    '/members',
    '/wordings',
  ])
    await call('GET', template, ids)

  check('GET', '/bulletins', await api.call('GET', `/bulletins?incidentId=${incident}`, secret, undefined, {}))

  // Refusals of every kind: no token, unknown ids, an invalid body, a state that forbids it, a key used for another request.
  const nowhere = Object.fromEntries(Object.keys(ids).map((name) => [name, idOf(0x999)]))
  for (const [template, methods] of Object.entries(description.paths)) {
    const short = template.replace(ROOT, '')
    for (const method of Object.keys(methods)) {
      const upper = method === 'post' ? 'POST' : 'GET'
      expect((await call(upper, short, ids, method === 'post' ? {} : undefined, null)).status).toBe(401)
      if (method === 'post') expect((await call('POST', short, ids, { surplus: true })).status).toBe(400)
      else if (short.includes('{')) expect((await call('GET', short, nowhere)).status).toBe(404)
    }
  }
  expect((await call('POST', '/incidents/{incidentId}/tasks/{taskId}/moves', ids, { to: 'done' })).status).toBe(409)
  const key = { 'idempotency-key': 'once' }
  for (const status of [404, 404])
    expect((await call('POST', '/incidents/{incidentId}/tasks', nowhere, { title: '回访' }, secret, key)).status).toBe(status)
  expect((await call('POST', '/incidents/{incidentId}/tasks', ids, { title: '另一件' }, secret, key)).status).toBe(422)

  const operations = Object.values(description.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
  expect(Object.fromEntries([...proven].map(([name, how]) => [name, [...how].toSorted()]))).toEqual(
    Object.fromEntries(operations.map((name) => [name, ['done', 'refused']])),
  )
})
