import { expect, test } from 'vitest'
import { EMPTY_CONTENT, type Block, type WordingContent } from '#domain/wording/content.ts'
import { commitmentsOf, dueOf, promisesOf, typedOf } from '../../../src/renderer/features/wording/promises/promise-inputs.ts'

const NOW = new Date(2026, 2, 24, 11, 0).getTime()
const AT_THREE = new Date(2026, 2, 24, 15, 0).getTime()
const commitment = (id: string, deadline: string): Block => ({ id, kind: 'commitment', text: '退款', action: '', owner: '', deadline })
const content = (...blocks: Block[]): WordingContent => ({ ...EMPTY_CONTENT, blocks })

test('TK-05: the time limit of a commitment is offered as its due time where it names a time ahead, and only there', () => {
  const offered = (deadline: string, values = {}) => typedOf(commitment('a', deadline), values, {}, NOW).due
  expect([offered('今天 15:00'), offered('15:00'), offered('2026-03-24 15:00')]).toEqual(['今天 15:00', '15:00', '2026-03-24 15:00'])
  expect(offered('{deadline}', { deadline: '今天 15:00' })).toBe('今天 15:00')
  expect([offered('尽快'), offered('今天 9:00'), offered(''), offered('{deadline}')]).toEqual(['', '', '', ''])
  expect([dueOf('今天 15:00', NOW), dueOf('', NOW), dueOf('尽快', NOW)]).toEqual([AT_THREE, null, Number.NaN])
})

test('what was typed counts before the offer: another time, none, or one that cannot be read', () => {
  const text = content(commitment('a', '今天 15:00'), commitment('b', '尽快'), { ...commitment('c', ''), kind: 'text' })
  expect(commitmentsOf(text).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(promisesOf(text, {}, {}, NOW)).toEqual([{ blockId: 'a', dueAt: AT_THREE, ownerId: null }])
  const typed = { a: { due: '', ownerId: null }, b: { due: '今天 15:00', ownerId: 'm' } }
  expect(promisesOf(text, {}, typed, NOW)).toEqual([{ blockId: 'b', dueAt: AT_THREE, ownerId: 'm' }])
  expect(promisesOf(text, {}, { a: { due: '尽快', ownerId: null } }, NOW)).toBeNull()
})
