import { expect, test } from 'vitest'
import { dateOfSerial } from '#replica/tables/read/excel-values.ts'
import { joinWhen, parseWhen } from '#replica/tables/read/parse-date.ts'

test.for([
  ['46356.6284722222', false, '2026-11-30T15:05:00'],
  ['46356.62847222222', false, '2026-11-30T15:05:00'],
  ['46356.62847', false, '2026-11-30T15:05:00'],
  ['46356.6285', false, '2026-11-30T15:05:00'],
  ['46356.628819', false, '2026-11-30T15:05:30'],
  ['46356.62847800926', false, '2026-11-30T15:05:00.500'],
  ['46356', false, '2026-11-30T00:00:00'],
  ['44894.62847', true, '2026-11-30T15:05:00'],
  ['0.62847', false, '15:05:00'],
  ['0.5', false, '12:00:00'],
] as const)('the day count %s (1904: %s) is %s', ([serial, from1904, iso]) => {
  expect(dateOfSerial(serial, from1904)).toBe(iso)
})

test('a day and an hour without a blank between them is no instant of 2034; an instant stays one', () => {
  const shanghai = { zone: 'Asia/Shanghai', order: 'ymd' } as const
  const at = (text: string) => {
    const read = parseWhen(text, shanghai)
    return read.ok ? new Date(read.value.epochMs).toISOString() : read.problem.code
  }
  expect(at('2026113015')).toBe('2026-11-30T07:00:00.000Z')
  expect(at('1780000000')).toBe(new Date(1_780_000_000_000).toISOString())
  expect(at('2026113025')).toBe(new Date(2_026_113_025_000).toISOString())
  expect(parseWhen('44894', { ...shanghai, excelSerials: 'from-1904' })).toMatchObject({
    ok: true,
    value: { epochMs: Date.parse('2026-11-30T00:00:00+08:00') },
  })
})

test.for([
  ['2026-11-30', '15:05', '2026-11-30 15:05'],
  ['2026-11-30T00:00:00', '15:05:00', '2026-11-30 15:05:00'],
  ['2026-11-30', '下午3:05', '2026-11-30 下午3:05'],
  ['2026-11-30', '1505', '2026-11-30 15:05:00'],
  ['2026-11-30', '0.628472222', '2026-11-30 15:05:00'],
  ['2026-11-30', '', '2026-11-30'],
] as const)('the date %s and the time %s are %s', ([date, time, joined]) => {
  expect(joinWhen(date, time)).toBe(joined)
})
