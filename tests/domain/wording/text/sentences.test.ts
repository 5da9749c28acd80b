import fc from 'fast-check'
import { sentencesOf } from '#domain/wording/text/sentences.ts'
import { expect, test } from 'vitest'

const texts = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end))

test('MS-03: the sentences of either language', () => {
  expect(texts('您好！我们已收到。 退款 3.5 元；“请放心。”\n第二行')).toEqual([
    '您好！',
    '我们已收到。',
    '退款 3.5 元；',
    '“请放心。”',
    '第二行',
  ])
  expect(texts('We got it. See example.com, e.g. Mr. Li at 3 p.m. today. Done')).toEqual([
    'We got it.',
    'See example.com, e.g. Mr. Li at 3 p.m. today.',
    'Done',
  ])
})

test('no sign of any text is lost but blanks', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('。', '.', ' ', '\n', 'a', '退', '”', '\ud800', '；') }), (text) => {
      expect(texts(text).join('').replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''))
    }),
  )
})
