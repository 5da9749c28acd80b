import { prepareOthers } from '#domain/wording/text/checks/contradictions.ts'
import { expect, test } from 'vitest'
import { checkChinese, checkEnglish } from './check.ts'

const against = (text: string, other: string, check = checkChinese) =>
  check(text, { others: prepareOthers([{ id: 'm1', title: '热线话术', blocks: ['您好。', other] }]) })
    .filter(({ kind }) => kind === 'contradiction')
    .map((finding) => `${finding.excerpt} ≠ ${finding.other?.excerpt ?? ''}`)

test.each([
  ['a number', '公司已召回1860台净化器。', '我们已召回1200台净化器。', '1860台 ≠ 1200台'],
  ['a duration', '退款将在7个工作日内到账。', '退款在3个工作日内到账。', '7个工作日 ≠ 3个工作日'],
  ['a date', '检测报告12月6日公布。', '检测报告将于12月5日公布。', '12月6日 ≠ 12月5日'],
  ['a time', '检测报告下午4点公布。', '检测报告15:00公布。', '下午4点 ≠ 15:00'],
  ['a hotline', '请拨打400-800-1235咨询。', '客服热线：400-800-1234。', '400-800-1235 ≠ 400-800-1234'],
  ['yes and no', '换货无需寄回旧机。', '换货需要寄回旧机。', '无需 ≠ 需要'],
  ['charge', '上门检测收费。', '上门检测免费。', '收费 ≠ 免费'],
])('CS-08: %s that differs from another live message', (_what, text, other, contradiction) => {
  expect(against(text, other)).toEqual([contradiction])
})

test('CS-08: English messages too', () => {
  expect(against('Refunds are paid within 7 days.', 'Refunds are paid within 3 days.', checkEnglish)).toEqual(['7 days ≠ 3 days'])
  expect(against('You need to return the old filter.', 'You do not need to return the old filter.', checkEnglish)).toHaveLength(1)
})

test.each([
  ['the same in other words', '退款48小时内到账。', '退款两天内到账。'],
  ['another thing', '退款3天内到账。', '检测报告5天内公布。'],
  ['another unit', '召回净化器1200台。', '召回净化器涉及3家门店。'],
  ['a date with its year', '检测报告2026年12月5日公布。', '检测报告12月5日公布。'],
  ['both list both', '退款A类3天到账，退款B类5天到账。', '退款A类3天到账，退款B类5天到账。'],
  ['a question', '换货是否需要寄回旧机？', '换货无需寄回旧机。'],
  ['a condition', '如果换货需要寄回旧机，请告诉我们。', '换货无需寄回旧机。'],
])('CS-08: no contradiction: %s', (_what, text, other) => {
  expect(against(text, other)).toEqual([])
})

test('CS-08: a contradiction names the message and both places', () => {
  const others = prepareOthers([
    { id: 'm1', title: '微博声明', blocks: ['退款3天内到账。'] },
    { id: 'm2', title: '热线话术', blocks: ['您好。', '退款5天内到账。'] },
  ])
  const findings = checkChinese('说明：退款7天内到账。', { others })
  expect(findings).toMatchObject([
    { start: 5, end: 7, params: { term: '7天', there: '3天', title: '微博声明' }, other: { messageId: 'm1', block: 0, start: 2, end: 4 } },
    { start: 5, end: 7, params: { there: '5天' }, other: { messageId: 'm2', block: 1, start: 2, end: 4, excerpt: '5天' } },
  ])
})

test('many long messages are compared to a bound', () => {
  const long = '退款3天到账，换货5天完成。'.repeat(400)
  const others = prepareOthers(Array.from({ length: 30 }, (_none, index) => ({ id: `m${index}`, title: 't', blocks: [long] })))
  expect(checkChinese('退款4天到账。'.repeat(400), { others }).length).toBeLessThanOrEqual(500)
})
