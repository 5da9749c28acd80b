import { expect, test } from 'vitest'
import { planText } from '#tests/support/bulletin-team.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, declareText, idOf, INCIDENT } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openApi } from './open-api.ts'

const HOUR = 3_600_000

test('C2-12: the feed gives the bulletins of an incident in order, missed hours among them', async () => {
  const clock = createFakeClock(TWO_AT_NIGHT)
  const api = await openApi(makeTempFolder('api-bulletins', 'quick'), clock.now)
  const { secret } = await api.token(ANN)
  await api.team.submit([declareText(INCIDENT, { clocks: {} })], ANN, null)
  await api.team.fireDue()
  clock.advance(2 * HOUR)
  await api.team.fireDue()
  await api.team.submit([planText('send-now')], ANN, null)
  await api.team.fireDue()
  const read = async (query = '') => (await api.call('GET', `/bulletins?incidentId=${INCIDENT}${query}`, secret)).body
  expect(await read()).toMatchObject({
    bulletins: [
      { number: 1, slot: TWO_AT_NIGHT + HOUR, mark: 'missed', items: [] },
      { number: 2, slot: TWO_AT_NIGHT + 2 * HOUR, mark: 'on-time', items: [] },
      { number: 3, slot: null, mark: 'out-of-turn', items: [] },
    ],
    unreadable: 0,
  })
  expect((await read('&after=2'))['bulletins']).toMatchObject([{ number: 3 }])
  expect((await api.call('GET', `/bulletins?incidentId=${idOf(77)}`, secret)).status).toBe(404)
  const other = await api.token(ANN, 'personal', ['tasks:read'])
  expect((await api.call('GET', `/bulletins?incidentId=${INCIDENT}`, other.secret)).status).toBe(403)
  expect(api.faults).toEqual([])
  await api.close()
})
