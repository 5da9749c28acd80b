import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { ANN } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { INCIDENT_BODY, openApi } from './open-api.ts'

type Operation = {
  operationId: string
  parameters?: { name: string; in: string; required?: boolean }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}
type Description = {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, unknown>>
  security: object[]
}

async function open() {
  const api = await openApi(makeTempFolder('api', 'quick'))
  onTestFinished(() => api.close())
  return api
}

async function readDescription(base: string): Promise<Description> {
  const response = await fetch(`${base}/api/v1/openapi.json`)
  expect(response.status).toBe(200)
  return (await response.json()) as Description
}

function* refsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && typeof inner === 'string') yield inner
    else yield* refsIn(inner)
  }
}

test('the description is whole: OpenAPI 3.1, every path parameter and reference explained, every operation named once and answered', async () => {
  const api = await open()
  const description = await readDescription(api.base)
  expect(description.openapi).toMatch(/^3\.1\./)
  expect(description.components['securitySchemes']).toHaveProperty('token')
  expect(description.security).toEqual([{ token: [] }])
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  expect(operations.map(({ operation }) => operation.operationId).toSorted()).toEqual(
    [
      'addEntry',
      'addPoints',
      'addTask',
      'correctEntry',
      'declareIncident',
      'listEntries',
      'listIncidents',
      'listMembers',
      'listPoints',
      'listSeries',
      'listTasks',
      'listWordings',
      'listBulletins',
      'moveTask',
      'readIncident',
    ].toSorted(),
  )
  for (const { path, method, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    const explained = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    expect(explained.toSorted(), path).toEqual(named.toSorted())
    expect(Object.keys(operation.responses), path).toEqual(expect.arrayContaining([method === 'post' ? '201' : '200', '4XX', '5XX']))
    if (method === 'post') {
      expect(operation.requestBody?.content, path).toHaveProperty('application/json')
      expect(
        operation.parameters?.some(({ name, in: where }) => name === 'idempotency-key' && where === 'header'),
        path,
      ).toBe(true)
    }
  }
  for (const ref of refsIn(description)) {
    const found = ref
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined), description)
    expect(found, ref).toBeDefined()
  }
})

test('what the description says of a request is what the routes hold to: required fields are required, and others are refused', async () => {
  const api = await open()
  const { secret } = await api.token(ANN)
  const description = await readDescription(api.base)
  const declared = await api.call('POST', '/incidents', secret, INCIDENT_BODY)
  const bodies: Record<string, object> = {
    '/api/v1/incidents': INCIDENT_BODY,
    '/api/v1/incidents/{incidentId}/entries': { kind: 'action', text: '下架' },
    '/api/v1/incidents/{incidentId}/points': { series: { name: '投诉' }, points: [{ at: 1_700_000_000_000, value: 1 }] },
    '/api/v1/incidents/{incidentId}/tasks': { title: '回访' },
  }
  for (const [path, body] of Object.entries(bodies)) {
    const url = path.replace('/api/v1', '').replace('{incidentId}', String(declared.body['id']))
    const schema = description.paths[path]?.['post']?.requestBody?.content['application/json']?.schema as {
      required?: string[]
      properties: object
      additionalProperties?: boolean
    }
    expect(schema.additionalProperties, path).toBe(false)
    expect((schema.required ?? []).toSorted(), path).toEqual(Object.keys(body).toSorted())
    expect((await api.call('POST', url, secret, body)).status, path).toBe(201)
    for (const field of schema.required ?? []) {
      const { [field as keyof typeof body]: _left, ...rest } = body
      expect((await api.call('POST', url, secret, rest)).status, `${path} without ${field}`).toBe(400)
    }
    expect((await api.call('POST', url, secret, { ...body, surplus: 1 })).status, path).toBe(400)
  }
})

test('whatever is sent, the hub answers with a problem and stays whole', { timeout: 120_000 }, async () => {
  const api = await open()
  const { secret } = await api.token(ANN)
  const { id } = (await api.call('POST', '/incidents', secret, INCIDENT_BODY)).body
  const paths = [
    '/incidents',
    `/incidents/${String(id)}/entries`,
    `/incidents/${String(id)}/points`,
    `/incidents/${String(id)}/tasks`,
    `/incidents/${String(id)}/entries/${String(id)}/corrections`,
  ]
  // Each token has its own rate limit; enough tokens are made to keep the requests below the limits.
  const tokens = await Promise.all(Array.from({ length: Math.ceil(Number(process.env['FUZZ_RUNS'] ?? 400) / 250) }, () => api.token(ANN)))
  let sent = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      fc.oneof(
        fc.jsonValue({ maxDepth: 4 }),
        fc.record(
          {
            title: fc.string(),
            kind: fc.string(),
            text: fc.string({ unit: 'binary' }),
            type: fc.constant('product-problem'),
            level: fc.integer(),
            series: fc.object(),
            points: fc.array(fc.anything()),
          },
          { requiredKeys: [] },
        ),
      ),
      async (path, body) => {
        const token = tokens[Math.floor(sent++ / 250)]?.secret ?? secret
        const response = await fetch(`${api.base}/api/v1${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body) ?? '',
        })
        const answer = (await response.json()) as { status?: number; code?: string }
        expect([201, 400, 403, 404, 409]).toContain(response.status)
        if (response.status !== 201) expect(answer).toMatchObject({ status: response.status, code: expect.any(String) })
      },
    ),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 400), endOnFailure: true },
  )
  expect(api.faults).toEqual([])
  expect((await api.call('GET', '/incidents', secret)).status).toBe(200)
})
