import { expect, test } from 'vitest'
import { deliveryDraft, deliveryOf, withUrgency } from '../../../src/renderer/features/agents/delivery/delivery-draft.ts'
import { Delivery } from '#domain/wording/delivery.ts'
import { idOf } from '#tests/support/log-texts.ts'

const GROUP = { id: idOf(0xe5) }

test('a new version goes where the last went, without groups that are gone; choosing none is not choosing all', () => {
  const last = Delivery.parse({ groups: [GROUP.id, idOf(0xe6)], urgency: 'important', confirmWithin: 30 })
  expect(deliveryOf(deliveryDraft(last), [GROUP])).toEqual({ ...last, groups: [GROUP.id] })
  expect(deliveryOf(deliveryDraft(last), [])).toBeNull()
  expect(deliveryOf({ ...deliveryDraft(last), all: true }, [GROUP])?.groups).toEqual([])
  expect(deliveryOf(deliveryDraft(undefined), [GROUP])).toEqual({ groups: [], urgency: 'normal', confirmWithin: null })
})

test('an urgent text gets a time to confirm, unless one is set', () => {
  const plain = deliveryDraft(undefined)
  expect(withUrgency(plain, 'urgent').confirmWithin).toBe(15)
  expect(withUrgency({ ...plain, confirmWithin: 60 }, 'urgent').confirmWithin).toBe(60)
  expect(withUrgency(plain, 'important').confirmWithin).toBeNull()
})
