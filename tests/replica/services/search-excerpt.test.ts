import { expect, test } from 'vitest'
import { excerptOf } from '#replica/services/search-excerpt.ts'

const marked = (texts: readonly string[], typed: string): string[] => {
  const { excerpt, marks } = excerptOf(texts, typed)
  return marks.map(([from, to]) => excerpt.slice(from, to))
}

test('a word is found and marked in whatever width it is written', () => {
  const text = `${'前文。'.repeat(40)}型号 ＫＪ５００Ｆ 起火，${'后文。'.repeat(60)}`
  expect(marked([text], 'KJ500F')).toEqual(['ＫＪ５００Ｆ'])
  expect(marked([text], 'ｋｊ５００ｆ')).toEqual(['ＫＪ５００Ｆ'])
  expect(marked(['现场🔥起火'], '🔥')).toEqual(['🔥'])
})

test('an excerpt begins and ends beside a time, a number or a word, not within', () => {
  const cut: string[] = []
  for (let padding = 0; padding < 40; padding += 1) {
    const { excerpt } = excerptOf(
      [`14:24:57 ${'补'.repeat(padding)} 1,280 台 2026-11-29 的交接`, `${'说明'.repeat(padding)} KJ500F-Pro 312.5% 后`],
      '交接',
    )
    for (const whole of ['14:24:57', '1,280', '2026-11-29', 'KJ500F-Pro', '312.5%']) {
      const parts = whole.split(/[:,.-]/).filter((part) => part.length > 1)
      if (parts.some((part) => excerpt.includes(part)) && !excerpt.includes(whole)) cut.push(excerpt)
    }
  }
  expect(cut).toEqual([])
})

test('R1: what is masked is never in an excerpt, and is marked where the whole of it was typed, however it is written there', () => {
  const texts = ['客户 138-1234-5678 来电', '邮箱 zhang@example.com']
  expect(excerptOf(texts, '13812345678')).toEqual({ excerpt: '客户 138****5678 来电 邮箱 z***@example.com', marks: [[3, 14]] })
  expect(marked(texts, 'zhang@example.com')).toEqual(['z***@example.com'])
  expect(marked(texts, 'zhang')).toEqual([])
  expect(marked(['138', '1234', '5678 和'], '5678')).toEqual(['5678'])
})
