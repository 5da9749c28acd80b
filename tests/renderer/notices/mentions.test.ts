import { expect, test } from 'vitest'
import type { Mention } from '#domain/notices/notice.ts'
import { findBegun, fittingMembers, mentionsIn, splitMentions } from '../../../src/renderer/features/notices/mentions.ts'
import { ANN, BEN } from '#tests/support/log-texts.ts'

const [zhou, zhouMin] = [
  { memberId: ANN, name: '周' },
  { memberId: BEN, name: '周敏' },
] as [Mention, Mention]

test.each([
  ['@', 1, ''],
  ['请@周', 3, '周'],
  ['请＠周', 3, '周'],
  ['@Li', 3, 'li'],
  ['@周敏 核实', 6, null],
  ['li@example', 10, null],
  ['@周，核实', 5, null],
  ['没有', 2, null],
])('a name is begun in %j with the caret at %i', (text, caret, typed) => {
  expect(findBegun(text, caret)?.typed ?? null).toBe(typed)
})

test('those whose name begins with what was typed stand first', () => {
  expect(fittingMembers([{ name: '王敏' }, { name: '敏之' }, { name: '林舟' }], '敏').map(({ name }) => name)).toEqual(['敏之', '王敏'])
})

test('who was chosen and is still named is told, once; the longer of two names is marked', () => {
  expect(mentionsIn('@周敏 核实', [zhouMin, zhouMin])).toEqual([zhouMin])
  expect(mentionsIn('核实', [zhouMin])).toEqual([])
  expect(splitMentions('请@周敏 和@周 看，@他人不必', [zhou, zhouMin])).toEqual([
    { text: '请', memberId: null },
    { text: '@周敏', memberId: BEN },
    { text: ' 和', memberId: null },
    { text: '@周', memberId: ANN },
    { text: ' 看，@他人不必', memberId: null },
  ])
})
