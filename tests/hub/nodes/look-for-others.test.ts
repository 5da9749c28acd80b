import { expect, test } from 'vitest'
import { Uuid } from '#domain/log/ids.ts'
import type { AccessChange } from '#hub/log/readers.ts'
import { createLookForOthers } from '#hub/nodes/look-for-others.ts'
import { ANN, BEN, declareText, entryText, idOf, INCIDENT, INCIDENT_SCOPE, joinText, opText } from '#tests/support/log-texts.ts'
import { openNodes } from '../open-log.ts'

const RESTRICT = () => opText({ type: 'incident.restrict', kind: 'incident', id: INCIDENT, body: { members: [ANN] } })
const LOST = { kind: 'scope', scope: INCIDENT_SCOPE, before: 'everyone', after: [ANN] }

/** A hub's log, and a poller for what others write into it. */
async function open() {
  const [hub] = await openNodes('sqlite', 1)
  if (!hub) throw new Error('no hub')
  const told: AccessChange[] = []
  const look = createLookForOthers({ log: hub.log, announce: (_heads, access) => Promise.resolve(void told.push(...access)) })
  await hub.log.submit([joinText(ANN, '安', 'commander')], { memberId: ANN, admission: { kind: 'founder' } })
  await hub.log.submit([joinText(BEN, '本')], { memberId: BEN, admission: { kind: 'invited', role: 'pr' } })
  await look.look()
  const say = (text: string) => hub.log.submit([text], { memberId: ANN, admission: null })
  return { look, told, say }
}

test('an incident that is closed to some before it is first seen is told as lost: a device may have been shown it already', async () => {
  const { look, told, say } = await open()
  await say(declareText())
  await say(RESTRICT())
  await look.look()
  expect(told).toEqual([LOST])
})

test('what another one closed is told as lost, though this one has written into it since', async () => {
  const { look, told, say } = await open()
  await say(declareText())
  await look.look()
  expect(told).toEqual([])
  await say(RESTRICT())
  look.note((await say(entryText(idOf(0x910), '续'))).heads)
  await look.look()
  expect(told).toEqual([LOST])
})

test('an incident that was declared for some alone is told to them alone', async () => {
  const { look, told, say } = await open()
  await say(declareText(INCIDENT, { restrictedTo: [Uuid.parse(BEN)] }))
  await look.look()
  expect(told).toEqual([{ kind: 'scope', scope: INCIDENT_SCOPE, before: [], after: expect.arrayContaining([ANN, BEN]) as unknown }])
})
