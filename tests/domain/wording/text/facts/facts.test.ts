import fc from 'fast-check'
import { factsOf, tellsWhen } from '#domain/wording/text/facts/facts.ts'
import { numeralValue } from '#domain/wording/text/facts/numerals.ts'
import { clausesOf, sameSubject, subjectOf } from '#domain/wording/text/facts/subjects.ts'
import { expect, test } from 'vitest'

const told = (text: string) => factsOf(text).map(({ kind, value, quantity }) => [kind, value, quantity].join(' ').trim())

test.each([
  ['退款将在3个工作日内到账', ['number 3 workday']],
  ['四十八小时内 / 两天内 / 48 hours / 2 days', ['number 48 hour', 'number 48 hour', 'number 48 hour', 'number 48 hour']],
  ['已召回１，２００台，共1.2万台', ['number 1200 台', 'number 12000 台']],
  ['已召回1,200台，约三千五百人', ['number 1200 台', 'number 3500 person']],
  ['退 199 元、¥199、RMB 199、199块', ['number 199 yuan', 'number 199 yuan', 'number 199 yuan', 'number 199 yuan']],
  ['合格率99.5%，2年保修', ['number 99.5 %', 'number 24 month']],
  ['12月3日下午3点前，2026年12月3日 15:00', ['date 12-3', 'time 15:00', 'date 2026-12-3', 'time 15:00']],
  ['十二月三日晚上八点半', ['date 12-3', 'time 20:30']],
  ['by 3 pm on December 3, or 3 Dec 2026, on Friday', ['time 15:00', 'date december 3', 'date 3 dec 2026', 'date friday']],
  ['退款3-5个工作日，1～2天，三到五天', ['number 3-5 workday', 'number 24-48 hour', 'number 120 hour']],
  ['2026年推出，2026年12月底完成，1月份，3个月', ['date 2026年', 'date 2026年12月底', 'date 1月份', 'number 3 month']],
  ['3,4 号线', ['number 3', 'number 4 号']],
  ['热线400-820-8820，或 10086、12315', ['phone 4008208820', 'phone 10086', 'phone 12315']],
  ['型号KJ500F，共12345人', ['number 12345 person']],
  ['我们会给您一个交代，一定，一起', []],
])('CS-08: the facts of %s', (text, facts) => {
  expect(told(text)).toEqual(facts.map((fact) => fact.trim()))
})

test.each(['最迟今天下午3点前', '24小时内', '三个工作日', '本周五', 'within two weeks or 14 days', 'by tomorrow', '30分钟后', '次日'])(
  'TK-04: a time is recognized: %s',
  (text) => {
    expect(factsOf(text).some(tellsWhen)).toBe(true)
  },
)

test.each(['尽快', '3台', '400-820-8820', '第一时间', '99%', '一点建议'])('TK-05: no time: %s', (text) => {
  expect(factsOf(text).some(tellsWhen)).toBe(false)
})

test('numerals have their value', () => {
  expect(['十', '十五', '二十', '三百二十', '两千零五', '二〇二六', '1,200.5'].map(numeralValue)).toEqual([
    10, 15, 20, 320, 2005, 2026, 1200.5,
  ])
})

test('CS-08: two statements about the same thing', () => {
  const same = (one: string, other: string) => sameSubject(subjectOf(one), subjectOf(other))
  expect(same('公司已召回台净化器', '我们已经召回台净化器')).toBe(true)
  expect(same('退款天到账', '退款将在天内到账')).toBe(true)
  expect(same('the refund is paid within', 'your refund will be paid within')).toBe(true)
  expect(same('换货免运费', '检测报告公布')).toBe(false)
  expect(same('', '')).toBe(false)
})

test('facts of any text lie in order inside it', () => {
  const piece = fc.constantFrom(
    '1',
    '2,',
    '3.',
    '月',
    '日',
    '天',
    '：',
    ':',
    '4',
    '00',
    '-',
    '下午',
    '点',
    '一',
    '十',
    '万',
    '元',
    'pm',
    ' ',
    '\ud800',
    '％',
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
      (text) => {
        let last = 0
        for (const { start, end } of factsOf(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
        expect(clausesOf(text).every(({ start, end }) => end > start)).toBe(true)
      },
    ),
  )
})

test.each(['1', '1,', '1.', '十', '1 ', '12:', '2026-', '¥', '万', '-1', '111,', '1~', '1.1-', 'within a ', '2026年12月'])(
  'long texts of %j are read to their end',
  (piece) => {
    expect(factsOf(piece.repeat(100_000)).length).toBeLessThanOrEqual(2000)
  },
)
