import { expect, test } from 'vitest'
import { alignText, findAligned } from '#web/console/search/aligned-text.ts'
import { findNear, nearQuery } from '#web/console/search/near-match.ts'
import { readingsOf } from '#web/console/search/pinyin.ts'
import { indexTexts, searchTexts } from '#web/console/search/search-texts.ts'
import { makeText } from './console-texts.ts'

const library = [
  makeText({ id: 'refund', title: '退款多久到账', scenario: '退款退货', core: '三个工作日内原路退回。' }),
  makeText({ id: 'swap', title: '换货要不要寄回', scenario: '退款退货', core: '不用寄回，我们上门取。' }),
  makeText({
    id: 'fire',
    title: '客户很愤怒',
    scenario: '净化器起火',
    core: '请先停用、拔电。',
    objections: [{ id: 'o1', ask: '你们是不是早就知道有问题', answer: '原因正在检测，结果会公开。' }],
  }),
  makeText({ id: 'city', title: '重庆门店地址', pinyin: 'chongqingmendiandizhi', initials: 'cqmddz' }),
  makeText({ id: 'english', title: 'Refund policy for VIP', core: 'Three working days.', language: 'en' }),
]
const index = indexTexts(library)
const found = (query: string) => searchTexts(index, query).map(({ text }) => text.id)

test.each([
  ['characters', '退款', 'refund'],
  ['pinyin', 'tuikuan', 'refund'],
  ['initials', 'tk', 'refund'],
  ['an unfinished syllable', 'tuiku', 'refund'],
  ['characters and letters', '退k', 'refund'],
  ['characters and pinyin', '退kuan', 'refund'],
  ['initials of two letters', 'zhd', 'fire'],
  ['another character that sounds alike', '退宽', 'refund'],
  ['a wrong letter', 'tuikaun', 'refund'],
  ['a sentence in other words', '退款要多久', 'refund'],
  ['words in any order', '到账 退款', 'refund'],
  ['a scenario', 'jhqqh', 'fire'],
  ['an objection', '早就知道', 'fire'],
  ['an objection in pinyin', 'zaojiuzhidao', 'fire'],
  ['the answer to an objection', '结果会公开', 'fire'],
  ['the core message', '拔电', 'fire'],
  ['another reading of a character', 'cq', 'city'],
  ['Latin letters in any case', 'vip', 'english'],
  ['full-width letters', 'ＶＩＰ', 'english'],
  ['a wrong letter in English', 'polcy', 'english'],
  ['nothing that is there', 'xqzxqz', null],
])('%s: %s', (_, query, id) => {
  expect(found(query)[0] ?? null).toBe(id)
})

test('what is typed as it stands comes before what only sounds so, and a title before a core message', () => {
  const texts = [
    makeText({ id: 'core', title: '说明', core: '退款到账' }),
    makeText({ id: 'sound', title: '推款到账' }),
    makeText({ id: 'title', title: '退款到账', from: 2_000 }),
  ]
  expect(searchTexts(indexTexts(texts), '退款').map(({ text }) => text.id)).toEqual(['title', 'core', 'sound'])
  expect(searchTexts(indexTexts(texts), 'tuikuan').map(({ text }) => text.id)).toEqual(['title', 'sound', 'core'])
})

test('what was found is marked, also where letters stand for characters', () => {
  expect(searchTexts(index, 'tk')[0]?.ranges.get('title')).toEqual([{ start: 0, end: 2 }])
  expect(searchTexts(index, 'tuikaun')[0]?.ranges.get('title')).toEqual([{ start: 0, end: 2 }])
  expect(searchTexts(index, 'zjzd')[0]?.ranges.get('objections.o1.ask')).toEqual([{ start: 5, end: 9 }])
})

test('an empty query finds nothing, and a long one is no trouble', () => {
  expect(found('   ')).toEqual([])
  expect(found('a'.repeat(500))).toEqual([])
  expect(found('shi'.repeat(20))).toEqual([])
})

test('a text is prepared once as long as it is the same object', () => {
  expect(indexTexts(library)[0]).toBe(index[0])
  expect(indexTexts([{ ...makeText({ id: 'refund' }) }])[0]).not.toBe(index[0])
})

test('readings: none for what is not Chinese, all for a character that has several', () => {
  expect(readingsOf('a')).toEqual([])
  expect(readingsOf('退')).toEqual(['tui'])
  expect(readingsOf('重').toSorted()).toEqual(['chong', 'zhong'])
  expect(readingsOf('女')).toEqual(['nv'])
})

test('punctuation between characters is passed over, and a field is never left', () => {
  expect(findAligned(alignText('停用、拔电'), 'tybd')).toEqual({ start: 0, end: 5, how: 'letters' })
  expect(findAligned(alignText('退\u0000款'), 'tk')).toBeNull()
})

/** Edits between a query and the nearest part of a text, by the definition: the slow way. */
function nearest(text: string, query: string): number {
  let row = Array.from({ length: query.length + 1 }, (_, at) => at)
  let best = query.length
  for (const sign of text) {
    const next = [0]
    for (let at = 1; at <= query.length; at += 1) {
      const same = (row[at - 1] ?? 0) + (sign === query[at - 1] ? 0 : 1)
      next.push(Math.min(same, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1))
    }
    row = next
    best = Math.min(best, row[query.length] ?? best)
  }
  return best
}

test('the nearest part of a text is found as by the definition of edits', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  const word = (length: number) => Array.from({ length }, () => 'abc'[random(3)]).join('')
  let hits = 0
  for (let round = 0; round < 2_000; round += 1) {
    const query = word(4 + random(8))
    const text = word(random(30))
    const near = nearQuery(query)
    const allowed = query.length >= 8 ? 2 : 1
    const swaps = Array.from({ length: query.length - 1 }, (_, at) => query.slice(0, at) + query[at + 1] + query[at] + query.slice(at + 2))
    const errors = swaps.some((one) => text.includes(one)) ? 1 : nearest(text, query)
    const match = near && findNear(text, near)
    expect(match?.errors ?? null, `${query} in ${text}`).toBe(errors <= allowed ? errors : null)
    if (match) hits += 1
  }
  expect(hits).toBeGreaterThan(100)
})
