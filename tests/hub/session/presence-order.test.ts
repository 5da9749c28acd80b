import { expect, test } from 'vitest'
import type { PresenceView } from '#contract/team-api.ts'
import { createPresence } from '#hub/session/presence.ts'
import { ANN, BEN, idOf } from '#tests/support/log-texts.ts'

const [OPEN, HIDDEN] = [idOf(0x1), idOf(0x2)]
const room = (incidentId: string) => ({ page: 'room' as const, incidentId, part: null, entityId: null, writing: false })

test('a member is told of places in their order, however long a right to read is looked up', async () => {
  const works: (() => Promise<void>)[] = []
  const presence = createPresence(
    () => 0,
    (work) => void works.push(work),
  )
  const told: (string | null)[] = []
  let answer: (may: boolean) => void = () => undefined
  const [host, guest] = [{}, {}]
  const who = (memberId: string) => ({ memberId, device: '电脑', sessionId: null })
  presence.enter(host, who(ANN), { stands: () => true, maySee: () => Promise.resolve(true), tell: () => undefined })
  presence.enter(guest, who(BEN), {
    stands: () => true,
    // The open room is looked up for long, the hidden one at once.
    maySee: (incidentId) => (incidentId === HIDDEN ? Promise.resolve(false) : new Promise((resolve) => void (answer = resolve))),
    tell: (present: PresenceView[]) => void told.push(...present.map(({ place }) => place?.incidentId ?? null)),
  })
  const rounds = () => works.splice(0).map((work) => work())
  await Promise.all(rounds())
  presence.look(host, room(OPEN))
  const first = rounds()
  // Until it asks.
  await new Promise((resolve) => void setImmediate(resolve))
  presence.look(host, room(HIDDEN))
  const second = rounds()
  await new Promise((resolve) => void setImmediate(resolve))
  answer(true)
  await Promise.all([...first, ...second])
  expect(told).toEqual([null, OPEN, null])
})
