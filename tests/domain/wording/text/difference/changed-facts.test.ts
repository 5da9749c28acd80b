import { blameSentences } from '#domain/wording/text/difference/blame.ts'
import { changeCounts, changedFacts } from '#domain/wording/text/difference/changed-facts.ts'
import { difference } from '#domain/wording/text/difference/difference.ts'
import { expect, test } from 'vitest'

const listed = (before: string[], after: string[]) =>
  changedFacts(before, after).map((fact) => `${fact.kind} ${fact.before?.text ?? '–'} → ${fact.after?.text ?? '–'}`)

test('MS-16: changed numbers, dates, times and telephones are listed apart', () => {
  const before = ['我们已召回1200台净化器，退款3天内到账。', '检测报告12月5日15:00公布，请拨打400-800-1234。']
  const after = ['我们已召回1860台净化器，退款5天内到账。', '检测报告12月6日下午4点公布，请拨打400-800-1235。']
  expect(listed(before, after)).toEqual([
    'number 1200台 → 1860台',
    'number 3天 → 5天',
    'date 12月5日 → 12月6日',
    'time 15:00 → 下午4点',
    'phone 400-800-1234 → 400-800-1235',
  ])
})

test('a fact that is moved or written in another way has not changed', () => {
  expect(listed(['退款48小时内到账。', '共1,200台。'], ['涉及1200台。', '退款两天内到账。'])).toEqual([])
})

test('new and removed facts stand alone', () => {
  expect(listed(['门店3家。'], ['合格率99%。'])).toEqual(['number – → 99%', 'number 3家 → –'])
})

test('MS-16: the counts of one sentence about what changed', () => {
  const before = ['标题', '退款3天内到账。', '旧的说明。']
  const after = ['标题', '退款5天内到账。']
  expect(changeCounts(difference(before, after), changedFacts(before, after))).toEqual({
    addedWords: 1,
    removedWords: expect.any(Number) as number,
    addedParagraphs: 0,
    removedParagraphs: 1,
    changedParagraphs: 1,
    changedNumbers: 1,
    changedDates: 0,
    changedPhones: 0,
  })
})

test('MS-16: each sentence has the revision in which it appeared', () => {
  const origins = blameSentences([
    { number: 1, author: '李', paragraphs: ['您好。我们在核实。退款3天到账。'] },
    { number: 2, author: '王', paragraphs: ['您好。', '我们已停售。退款3天到账。'] },
    { number: 4, author: '陈', paragraphs: ['我们在核实。 我们已停售。', '您好。退款5天到账。您好。'] },
  ])
  expect(origins.map(({ revision, author }) => `${revision}${author}`)).toEqual(['4陈', '2王', '1李', '4陈', '4陈'])
  expect(origins[1]).toMatchObject({ paragraph: 0, start: 7, end: 13 })
})
