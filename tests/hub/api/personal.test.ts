import { expect, test } from 'vitest'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, idOf } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { INCIDENT_BODY, openApi } from './open-api.ts'

const PHONE = '13876541001'
const MAIL = 'canary@example.com'
const CANARIES = ['6541001', 'canary@']

test('R1, LI-03: every route of the API answers masked, refusals too; a correction keeps the number behind a mask', async () => {
  const api = await openApi(makeTempFolder('api-personal', 'quick'), createFakeClock().now)
  const { secret } = await api.token(ANN)
  const texts: string[] = []
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await api.call(method, path, secret, body)
    texts.push(JSON.stringify(answer.body))
    return answer
  }
  const words = `客户 ${PHONE} ${MAIL}`
  const incidentId = String((await call('POST', '/incidents', { ...INCIDENT_BODY, title: words, known: words })).body['id'])
  const path = `/incidents/${incidentId}`
  const entryId = String(
    (await call('POST', `${path}/entries`, { kind: 'decision', text: words, decision: { reason: words, decidedBy: words }, tags: [PHONE] }))
      .body['id'],
  )
  const series = await call('POST', `${path}/points`, {
    series: { name: words, metric: 'spread' },
    points: [{ at: TWO_AT_NIGHT, value: 12 }],
  })
  const taskId = String(
    (await call('POST', `${path}/tasks`, { title: words, detail: words, phase: PHONE, owner: PHONE, checklist: [words] })).body['id'],
  )
  expect((await call('POST', `${path}/tasks/${taskId}/moves`, { to: 'done', note: words })).status).toBe(201)
  expect((await call('POST', `${path}/entries`, { kind: words, text: '' })).status).toBe(400)
  expect(
    (
      await call('POST', `${path}/entries/${entryId}/corrections`, {
        content: { kind: 'statement', text: '声明 138****0000', happenedAt: TWO_AT_NIGHT },
        reason: '错',
      })
    ).body,
  ).toMatchObject({ code: 'mask-unclear' })
  expect(
    (
      await call('POST', `${path}/entries/${entryId}/corrections`, {
        content: { kind: 'statement', text: '已致电 138****1001', happenedAt: TWO_AT_NIGHT },
        reason: words,
      })
    ).status,
  ).toBe(201)
  expect((await api.hub.log.readEntity('entry', entryId))?.state).toMatchObject({ text: `已致电 ${PHONE}` })

  const { body } = await call('GET', '/openapi.json')
  const reads = Object.entries(body['paths'] as Record<string, object>).flatMap(([route, methods]) =>
    'get' in methods ? [route.replace('/api/v1', '')] : [],
  )
  for (const route of reads) {
    const named = route.replace('{incidentId}', incidentId).replace('{seriesId}', String(series.body['seriesId']))
    const query = route === '/bulletins' ? `?incidentId=${incidentId}` : ''
    expect([route, (await call('GET', named + query)).status]).toEqual([route, 200])
  }
  expect(reads.length).toBeGreaterThan(6)
  expect((await call('GET', `/incidents/${idOf(77)}`)).status).toBe(404)
  for (const canary of CANARIES) expect(texts.filter((text) => text.includes(canary))).toEqual([])
  expect(texts.filter((text) => text.includes('138****1001')).length).toBeGreaterThan(3)
  expect(api.faults).toEqual([])
  await api.close()
})
