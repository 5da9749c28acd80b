import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseNumber } from '#replica/tables/read/parse-number.ts'

test.for([
  ['5336570', 5_336_570],
  ['5,336,570', 5_336_570],
  ['５，３３６，５７０', 5_336_570],
  ['-1,234.5', -1234.5],
  ['\u22123', -3],
  ['+7', 7],
  ['.5', 0.5],
  ['533.7万', 5_337_000],
  ['1.2 亿', 120_000_000],
  ['2万亿', 2e12],
  ['3千', 3000],
  ['12.5%', 0.125],
  ['0.1％', 0.001],
  ['1.2e5', 120_000],
  [' 0 ', 0],
] as const)('%j is %d', ([text, value]) => {
  expect(parseNumber(text)).toEqual({ ok: true, value })
})

test.for([
  '',
  ' ',
  '-',
  '10万+',
  '约3万',
  '1-2',
  '1,23',
  '12,34,567',
  '1.234,56',
  '1.2.3',
  '0x10',
  'Infinity',
  'NaN',
  '1e999',
  '三万',
  '¥5',
  '5 336 570',
  '万',
])('%j is refused', (text) => {
  expect(parseNumber(text)).toMatchObject({ ok: false, problem: { code: 'not-a-number' } })
})

test('property: a number comes back from its plain text and from its text with separators', () => {
  fc.assert(
    fc.property(fc.integer(), (value) => {
      expect(parseNumber(String(value))).toEqual({ ok: true, value })
      expect(parseNumber(value.toLocaleString('en-US'))).toEqual({ ok: true, value })
    }),
    { seed: 20210324 },
  )
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(parseNumber(String(value))).toEqual({ ok: true, value: value + 0 })
    }),
    { seed: 20210324 },
  )
})
