import { expect, test } from 'vitest'
import { findSlash, kindsFor } from '../../../src/renderer/features/timeline/composer/slash-kind.ts'

const CHINESE: Record<string, string> = {
  observation: '观察',
  decision: '决策',
  action: '行动',
  statement: '声明',
  'media-report': '媒体报道',
  regulator: '监管',
  'customer-voice': '客户声音',
  'turning-point': '拐点',
}
const kinds = (typed: string) => kindsFor(typed, (kind) => CHINESE[kind] ?? '')

test('a kind is found by its word, its pinyin in full or by initials, its English name and its number', () => {
  expect(kinds('决策')).toEqual(['decision'])
  expect(kinds('juece')).toEqual(['decision'])
  expect(kinds('jue')).toEqual(['decision'])
  expect(kinds('jc')).toEqual(['decision'])
  expect(kinds('dec')).toEqual(['decision'])
  expect(kinds('2')).toEqual(['decision'])
})

test('every kind has its pinyin', () => {
  const typed = {
    guancha: 'observation',
    gc: 'observation',
    xd: 'action',
    shengming: 'statement',
    sm: 'statement',
    mtbd: 'media-report',
    meitibaodao: 'media-report',
    jianguan: 'regulator',
    jg: 'regulator',
    khsy: 'customer-voice',
    guaidian: 'turning-point',
    gd: 'turning-point',
  }
  for (const [letters, kind] of Object.entries(typed)) expect(kinds(letters)).toEqual([kind])
})

test('what fits none finds none, and what fits several offers them in order', () => {
  expect(kinds('xyz')).toEqual([])
  expect(kinds('j')).toEqual(['decision', 'regulator'])
  expect(kinds('')).toHaveLength(8)
})

test('the slash counts at the start or after a space, in either script', () => {
  expect(findSlash('/jc', 3)).toEqual({ start: 0, end: 3, typed: 'jc' })
  expect(findSlash('停售 、JC', 6)).toEqual({ start: 3, end: 6, typed: 'jc' })
  expect(findSlash('和/或', 3)).toBeNull()
})
