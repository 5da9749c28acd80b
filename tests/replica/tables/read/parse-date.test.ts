import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { parseWhen, type DateOrder } from '#replica/tables/read/parse-date.ts'

const SHANGHAI = { zone: 'Asia/Shanghai', order: 'ymd' } as const
const AT_5_PM = DateTime.fromISO('2021-03-24T17:00:00+08:00').toMillis()

test.for([
  '2021-03-24T17:00',
  '2021-03-24T17:00:00',
  '2021-03-24 17:00:00.000',
  '2021-03-24T17:00:00,000',
  '2021/3/24 17:00',
  '2021/03/24  17:00:00',
  '2021.03.24 17:00',
  '2021年3月24日 17:00',
  '2021年3月24日17:00:00',
  '2021年3月24日17时',
  '2021年3月24日 17时00分00秒',
  '2021年03月24号 下午5:00',
  '2021 年 3 月 24 日 下午5点',
  '2021-03-24 5:00 PM',
  '2021-03-24 05:00pm',
  '２０２１－０３－２４　１７：００',
  '20210324170000',
  '20210324 1700',
  '2021032417',
  '2021年3月24日（周三）17:00',
  '2021-03-24 周三 17:00',
  '2021年3月24日 星期三下午五点',
  '2021-03-24 Wed 17:00',
  '2021-03-24 傍晚5点',
  '\t2021-03-24 17:00 ',
])('%j is that moment on the clock of Shanghai', (text) => {
  expect(parseWhen(text, SHANGHAI)).toEqual({ ok: true, value: { epochMs: AT_5_PM, hadZone: false, ambiguous: false } })
})

test.for([
  '2021-03-24T17:00:00+08:00',
  '2021-03-24T17:00+0800',
  '2021-03-24T09:00:00Z',
  '2021-03-24T09:00:00.000Z',
  '2021-03-24 17:00:00 +08:00',
  '2021-03-24T14:30:00+05:30',
  '2021-03-24 09:00 UTC',
  '2021-03-24 17:00 GMT+8',
  '20210324T090000Z',
  'Wed Mar 24 17:00:00 +0800 2021',
  '1616576400',
  '1616576400000',
])('%j is that moment whatever the zone of the reader', (text) => {
  for (const zone of ['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati']) {
    expect(parseWhen(text, { zone, order: 'ymd' })).toEqual({ ok: true, value: { epochMs: AT_5_PM, hadZone: true, ambiguous: false } })
  }
})

test.for([
  ['3/4/2021', 'mdy', '2021-03-04'],
  ['3/4/2021', 'dmy', '2021-04-03'],
  ['04.03.2021', 'dmy', '2021-03-04'],
  ['2021/3/4', 'dmy', '2021-03-04'],
  ['2021年3月4日', 'mdy', '2021-03-04'],
  ['20210304', 'mdy', '2021-03-04'],
] as const)('%j in the order %s is %s', ([text, order, day]) => {
  expect(parseWhen(text, { zone: 'Asia/Shanghai', order })).toMatchObject({
    ok: true,
    value: { epochMs: DateTime.fromISO(day, { zone: 'Asia/Shanghai' }).toMillis() },
  })
})

test.for([
  ['3月24日 17:00', 'date-without-year'],
  ['3月24日', 'date-without-year'],
  ['03-24 17:00', 'date-without-year'],
  ['3/24', 'date-without-year'],
  ['1899-12-31', 'date-out-of-range'],
  ['1989-12-31', 'date-out-of-range'],
  ['2101-01-01', 'date-out-of-range'],
  ['9999999999999', 'date-out-of-range'],
  ['2021-02-30', 'not-a-date'],
  ['2021-13-01', 'not-a-date'],
  ['2021-03/24', 'not-a-date'],
  ['2021-03-24 25:00', 'not-a-date'],
  ['2021-03-24 17:60', 'not-a-date'],
  ['2021-03-24 24:01', 'not-a-date'],
  ['2021-03-24 17', 'not-a-date'],
  ['2021-03-24 上午13:00', 'not-a-date'],
  ['2021-03-24 17:00 CST', 'not-a-date'],
  ['2021-03-24T17:00+25:00', 'not-a-date'],
  ['24/3/2021', 'not-a-date'],
  ['3/24/21', 'not-a-date'],
  ['44279.7', 'not-a-date'],
  ['昨天 17:00', 'not-a-date'],
  ['周日 21:00', 'not-a-date'],
  ['2021-03-24 晚上1点', 'time-ambiguous'],
  ['2021-03-24 周四 17:00', 'weekday-differs'],
  ['2021-03-24 凌晨11:00', 'not-a-date'],
  ['5336570', 'not-a-date'],
  ['', 'not-a-date'],
  ['2021-03-24 17:00; DROP', 'not-a-date'],
] as const)('%j is refused as %s', ([text, code]) => {
  expect(parseWhen(text, SHANGHAI)).toMatchObject({ ok: false, problem: { code } })
})

test('a month that cannot be one under the stated order is refused, not turned round', () => {
  expect(parseWhen('24/3/2021', { zone: 'UTC', order: 'mdy' })).toMatchObject({ ok: false, problem: { code: 'not-a-date' } })
})

test('halves of the day: twelve is where it belongs', () => {
  const hourOf = (text: string) => {
    const read = parseWhen(`2021-03-24 ${text}`, SHANGHAI)
    return read.ok ? DateTime.fromMillis(read.value.epochMs, { zone: 'Asia/Shanghai' }).hour : null
  }
  const evening = (text: string) => {
    const read = parseWhen(`2021-03-24 ${text}`, SHANGHAI)
    return read.ok ? DateTime.fromMillis(read.value.epochMs, { zone: 'Asia/Shanghai' }).toFormat('dd HH:mm') : null
  }
  expect(['凌晨12:30', '晚上12点', '晚上12:30', '晚上9点', '晚9点半', '中午12:30', '中午1点'].map(evening)).toEqual([
    '24 00:30',
    '25 00:00',
    '25 00:30',
    '24 21:00',
    '24 21:30',
    '24 12:30',
    '24 13:00',
  ])
  expect(['上午12:30', '上午11:30', '下午12:30', '下午1:30', '下午17:30', '12:30 AM', '12:30 PM'].map(hourOf)).toEqual([
    0, 11, 12, 13, 17, 0, 12,
  ])
})

test('the day may end at 24:00', () => {
  expect(parseWhen('2021-03-24 24:00', SHANGHAI)).toEqual(parseWhen('2021-03-25', SHANGHAI))
})

test('times that the clocks skipped do not exist; those they showed twice are the earlier, and say so', () => {
  const newYork = { zone: 'America/New_York', order: 'ymd' } as const
  expect(parseWhen('2021-03-14 02:30', newYork)).toMatchObject({ ok: false, problem: { code: 'time-does-not-exist' } })
  expect(parseWhen('2021-03-14 03:00', newYork)).toMatchObject({ ok: true, value: { ambiguous: false } })
  expect(parseWhen('2021-11-07 01:30', newYork)).toEqual({
    ok: true,
    value: { epochMs: Date.parse('2021-11-07T05:30:00Z'), hadZone: false, ambiguous: true },
  })
  expect(parseWhen('2021-11-07 01:30-05:00', newYork)).toEqual({
    ok: true,
    value: { epochMs: Date.parse('2021-11-07T06:30:00Z'), hadZone: true, ambiguous: false },
  })
})

test('a date alone is the first moment of its day, even where midnight is skipped', () => {
  const saoPaulo = { zone: 'America/Sao_Paulo', order: 'ymd' } as const
  expect(parseWhen('2018-11-04', saoPaulo)).toMatchObject({ ok: true, value: { epochMs: Date.parse('2018-11-04T03:00:00Z') } })
  expect(parseWhen('2018-11-04 00:00', saoPaulo)).toMatchObject({ ok: false, problem: { code: 'time-does-not-exist' } })
})

test('day counts of Excel are read only when asked for', () => {
  expect(parseWhen('44279.708333333336', { ...SHANGHAI, excelSerials: true })).toMatchObject({
    ok: true,
    value: { epochMs: AT_5_PM, hadZone: false },
  })
  expect(parseWhen('44279', { ...SHANGHAI, excelSerials: true })).toEqual(parseWhen('2021-03-24', SHANGHAI))
})

test('a zone that does not exist is a problem, not a guess', () => {
  expect(parseWhen('2021-03-24', { zone: 'Asia/Atlantis', order: 'ymd' })).toMatchObject({ ok: false, problem: { code: 'unknown-zone' } })
})

const ZONES = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Apia',
  'UTC',
]
const FORMATS: readonly (readonly [string, DateOrder])[] = [
  ['yyyy-MM-dd HH:mm:ss', 'ymd'],
  ["yyyy'年'M'月'd'日' HH:mm:ss", 'mdy'],
  ['yyyy/M/d H:mm:ss', 'dmy'],
  ['M/d/yyyy HH:mm:ss', 'mdy'],
  ['dd.MM.yyyy HH:mm:ss', 'dmy'],
  ['yyyyMMddHHmmss', 'ymd'],
]
const moments = fc.integer({ min: Date.UTC(1990, 0, 2) / 1000, max: Date.UTC(2100, 11, 30) / 1000 }).map((seconds) => seconds * 1000)

test('property: what a clock shows comes back as its moment, or as the earlier of the two it stands for', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...ZONES), fc.constantFrom(...FORMATS), (epochMs, zone, [format, order]) => {
      const shown = DateTime.fromMillis(epochMs, { zone })
      const read = parseWhen(shown.toFormat(format), { zone, order })
      if (!read.ok) throw new Error(`${shown.toISO()} refused as ${read.problem.code}`)
      if (!read.value.ambiguous) expect(read.value.epochMs).toBe(epochMs)
      else expect([epochMs, epochMs - 3_600_000, epochMs - 1_800_000]).toContain(read.value.epochMs)
    }),
    { numRuns: 2000, seed: 20210324 },
  )
})

test('property: with its offset, every moment comes back in every zone', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...ZONES), fc.constantFrom(...ZONES), (epochMs, zone, reader) => {
      const text = DateTime.fromMillis(epochMs, { zone }).toISO() ?? ''
      expect(parseWhen(text, { zone: reader, order: 'ymd' })).toEqual({ ok: true, value: { epochMs, hadZone: true, ambiguous: false } })
    }),
    { numRuns: 1000, seed: 20210324 },
  )
})

test('property: no text makes it throw', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789-/.:年月日时分秒上下午TZ+ ') })
  fc.assert(
    fc.property(
      fc.oneof(digits, fc.string({ unit: 'grapheme' })),
      fc.constantFrom<DateOrder>('ymd', 'mdy', 'dmy'),
      fc.boolean(),
      (text, order, excelSerials) => {
        const read = parseWhen(text, { zone: 'America/New_York', order, excelSerials })
        if (read.ok) expect(Number.isSafeInteger(read.value.epochMs)).toBe(true)
      },
    ),
    { numRuns: 5000, seed: 20210324 },
  )
})
