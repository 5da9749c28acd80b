import fc from 'fast-check'
import { alignItems } from '#domain/wording/text/difference/align.ts'
import { difference, sideOf, textDifference, type Segment } from '#domain/wording/text/difference/difference.ts'
import { tokensOf } from '#domain/wording/text/difference/tokens.ts'
import { expect, test } from 'vitest'

const MARKS = { same: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] } as const
const shown = (segments: readonly Segment[]) => segments.map(({ kind, text }) => MARKS[kind].join(text)).join('')

test('MS-16: numbers with units, dates, times, telephones, variables and Latin words are never divided', () => {
  const tokens = tokensOf('2026年12月3日下午3点前，1,200台KJ-500F已换，拨打400-820-8820或{hotline}。')
  for (const whole of ['2026年12月3日', '下午3点', '1,200台', 'KJ-500F', '400-820-8820', '{hotline}']) expect(tokens).toContain(whole)
})

test.each([
  [
    '拨打400-800-1234咨询，共召回1200台。',
    '拨打400-800-1235咨询，共召回1860台。',
    '拨打[-400-800-1234-]{+400-800-1235+}咨询，共召回[-1200台-]{+1860台+}。',
  ],
  ['我们将在3天内退款。', '我们将在3个工作日内退款。', '我们将在[-3天-]{+3个工作日+}内退款。'],
  ['检测报告12月5日公布。', '检测报告12月6日公布。', '检测报告[-12月5日-]{+12月6日+}公布。'],
  ['We will call by 3 pm.', 'We will call by 5 pm today.', 'We will call by [-3 pm-]{+5 pm today+}.'],
  ['一样', '一样', '一样'],
  ['', '新', '{+新+}'],
])('MS-16: the difference of %s and %s', (before, after, marked) => {
  expect(shown(textDifference(before, after))).toBe(marked)
})

test('an island of two characters between changes is part of the change', () => {
  const segments = textDifference('甲公司的净化器已经停售', '乙公司的加湿器已经停售')
  expect(segments.filter(({ kind, text }) => kind === 'same' && text.length <= 2)).toEqual([])
})

test('MS-16: paragraphs are paired before their words are compared', () => {
  const paragraphs = difference(
    ['标题', '我们已收到反映，正在核实。', '请拨打热线400-820-8820。'],
    ['标题', '新增：门店也可以换货，不需要发票。', '我们已收到反映，今天15:00前答复。', '请拨打热线400-820-8821。'],
  )
  expect(paragraphs.map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ['same', 0, 0],
    ['added', null, 1],
    ['changed', 1, 2],
    ['changed', 2, 3],
  ])
})

const PIECES = fc.constantFrom('退款', '3天', '的', '，', '。', 'A', ' ', '12月3日', '保修', '𠮷', '\ud800', '{link}', '1', '\n')
const TEXT = fc.array(PIECES, { maxLength: 40 }).map((parts) => parts.join(''))

test('a difference holds both texts exactly', () => {
  fc.assert(
    fc.property(fc.array(TEXT, { maxLength: 6 }), fc.array(TEXT, { maxLength: 6 }), (before, after) => {
      const paragraphs = difference(before, after)
      expect(sideOf(paragraphs, 'before')).toEqual(before)
      expect(sideOf(paragraphs, 'after')).toEqual(after)
      for (const { segments } of paragraphs) expect(segments.every(({ text }) => text !== '')).toBe(true)
    }),
  )
})

test('the tokens of any text are the text', () => {
  fc.assert(
    fc.property(fc.oneof(TEXT, fc.string({ unit: 'binary' })), (text) => {
      expect(tokensOf(text).join('')).toBe(text)
    }),
  )
})

function longestCommon(one: readonly number[], two: readonly number[]): number {
  let below = Array.from({ length: two.length + 1 }, () => 0)
  for (const item of one) {
    const here = [0]
    for (const [index, other] of two.entries()) {
      here.push(item === other ? (below[index] ?? 0) + 1 : Math.max(below[index + 1] ?? 0, here[index] ?? 0))
    }
    below = here
  }
  return below.at(-1) ?? 0
}

test('an alignment is the longest possible, in order, of equal items', () => {
  const items = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 })
  fc.assert(
    fc.property(items, items, (one, two) => {
      const pairs = alignItems(one, two)
      expect(pairs).toHaveLength(longestCommon(one, two))
      for (const [index, [before, after]] of pairs.entries()) {
        expect(one[before]).toBe(two[after])
        const last = pairs[index - 1] ?? [-1, -1]
        expect(before > last[0] && after > last[1]).toBe(true)
      }
    }),
  )
})

test('above 3,000 tokens a difference still holds both texts, and finds the one changed number', () => {
  const before = Array.from({ length: 4000 }, (_none, index) => `第${index}台机器已经换好，`).join('')
  const after = before.replace('第2000台', '第9999台').replace('第17台机器已经换好，', '')
  const segments = textDifference(before, after)
  expect(sideOf([{ kind: 'changed', before: 0, after: 0, segments }], 'before')).toEqual([before])
  expect(sideOf([{ kind: 'changed', before: 0, after: 0, segments }], 'after')).toEqual([after])
  expect(segments.filter(({ kind }) => kind !== 'same').length).toBeLessThanOrEqual(4)
})

test('long texts without anything in common are replaced as a whole', () => {
  const before = '退款'.repeat(30_000)
  const after = '换货'.repeat(30_000)
  expect(textDifference(before, after)).toEqual([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ])
  const lines = Array.from({ length: 5000 }, (_none, index) => `${index % 7}`)
  expect(sideOf(difference(lines, lines.toReversed()), 'after')).toEqual(lines.toReversed())
})
