import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textDifference } from '../../../src/renderer/features/timeline/entry/text-difference.ts'

test('Chinese is compared by character, Latin by word', () => {
  expect(textDifference('客户 3 人受伤', '客户 13 人轻伤')).toEqual([
    { kind: 'same', text: '客户 ' },
    { kind: 'removed', text: '3' },
    { kind: 'added', text: '13' },
    { kind: 'same', text: ' 人' },
    { kind: 'removed', text: '受' },
    { kind: 'added', text: '轻' },
    { kind: 'same', text: '伤' },
  ])
  expect(textDifference('same', 'same')).toEqual([{ kind: 'same', text: 'same' }])
})

test('a number that changed is marked whole', () => {
  expect(textDifference('转发 1.2 万', '转发 1.6 万').filter(({ kind }) => kind !== 'same')).toEqual([
    { kind: 'removed', text: '1.2' },
    { kind: 'added', text: '1.6' },
  ])
})

test('both versions can be read out of the difference, whatever they are', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('客', '户', 'a', 'b', ' ', '1', '。'), maxLength: 60 }),
      fc.string({ unit: fc.constantFrom('客', '户', 'a', 'b', ' ', '1', '。'), maxLength: 60 }),
      (before, after) => {
        const parts = textDifference(before, after)
        const side = (gone: 'removed' | 'added') => parts.flatMap((part) => (part.kind === gone ? [] : [part.text])).join('')
        expect(side('added')).toBe(before)
        expect(side('removed')).toBe(after)
      },
    ),
    { seed: 20261122 },
  )
})

test('very long texts are shown as old and new', () => {
  const before = '甲'.repeat(8000)
  const after = '乙'.repeat(8000)
  expect(textDifference(before, after)).toEqual([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ])
})
