import { expect, test } from 'vitest'
import { declareIncident, openReadyWorkspace } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const HOUR = 3_600_000

test('OR-12: granting and ending authority stand in the incident and are noted in its timeline', async () => {
  const under = await openReadyWorkspace(makeTempFolder('permissions', 'quick'))
  const incidentId = await declareIncident(under)
  const status = await under.value('workspace.status', {})
  const memberId = status.me?.id ?? ''
  const until = status.now + 8 * HOUR
  const granted = await under.value('incidents.grantAuthority', { incidentId, memberId, as: 'legal', until, reason: '夜间法务联系不上' })
  expect(granted.authorities).toMatchObject([{ memberId, as: 'legal', until, reason: '夜间法务联系不上', by: memberId }])
  expect(
    await under.failure('incidents.grantAuthority', { incidentId, memberId, as: 'legal', until: status.now + 90 * HOUR, reason: '太长' }),
  ).toBe('authority-period')
  expect((await under.value('incidents.endAuthority', { incidentId, memberId, as: 'legal' })).authorities).toEqual([])
  expect(await under.failure('incidents.endAuthority', { incidentId, memberId, as: 'legal' })).toBe('authority-none')
  const page = await under.value('timeline.page', { incidentId, filter: { order: 'recorded' }, page: 0 })
  const codes = page.rows.map((row) => row.event?.code)
  expect(codes).toEqual(expect.arrayContaining(['authority-granted', 'authority-ended']))
  expect(under.faults).toEqual([])
})

test('an incident is restricted to its named readers, and opened again; a name may change without leave, a place may not be taken', async () => {
  const under = await openReadyWorkspace(makeTempFolder('permissions', 'quick'))
  const me = (await under.value('workspace.status', {})).me?.id ?? ''
  const incidentId = await declareIncident(under, { restrictedTo: [me as never] })
  expect((await under.value('incidents.get', { incidentId })).restrictedTo).toEqual([me])
  expect((await under.value('incidents.unrestrict', { incidentId })).restrictedTo).toBeNull()
  expect((await under.value('incidents.restrict', { incidentId, members: [me] })).restrictedTo).toEqual([me])
  expect(await under.failure('incidents.restrict', { incidentId, members: ['00000000-0000-7000-8000-000000000099'] })).toBe('not-found')
})
