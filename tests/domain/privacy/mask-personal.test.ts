import fc from 'fast-check'
import { maskPersonal, personalKinds, personalSpots } from '#domain/privacy/mask-personal.ts'
import { expect, test } from 'vitest'

test.each([
  ['客户 13812345678 来电', '客户 138****5678 来电'],
  ['手机+86 138-1234-5678，已回电', '手机138****5678，已回电'],
  ['身份证 11010519491231002X', '身份证 1****X'],
  ['邮箱 zhang.san@example.com', '邮箱 z***@example.com'],
  ['卡号 6222 0202 0011 2233 445', '卡号 ****3445'],
  ['订单 202611220012345', '订单 ****2345'],
  ['座机 010-62345678', '座机 ****5678'],
])('LI-03: what identifies a person is masked: %s', (text, masked) => {
  expect(maskPersonal(text)).toBe(masked)
})

test.each([
  '20,000 件投诉，三天内',
  '2026-11-22 15:42 发布',
  '机型 AP-3，批次 20261101',
  '热线 400-820-8820',
  '增长 312.5%，共 12345678 次',
])('figures that name nobody stay: %s', (text) => {
  expect(maskPersonal(text)).toBe(text)
})

test.each([
  ['１３８１２３４５６７８', '138****5678'],
  ['138.1234.5678', '138****5678'],
  ['138–1234–5678', '138****5678'],
  ['zhang＠example.com', 'z***@example.com'],
  ['13812340678 12345678', '138****0678 12345678'],
  ['a@b.com@c.com', 'a***@c.com'],
  ['a@13812345678.com', '****5678'],
  ['**13812345678**', '**138****5678**'],
])('R1: other keyboards, dots and joined numbers are masked like the plain ones: %s', (text, masked) => {
  expect(maskPersonal(text)).toBe(masked)
})

const NUMBERS = fc.oneof(
  fc.constantFrom(
    '13812345678',
    '138-1234-5678',
    '+86 139 0000 1111',
    '11010519491231002X',
    '6222 0202 0011 2233 445',
    '010-62345678',
    'zhang.san@example.com',
    '202611220012345',
    '１３８１２３４５６７８',
    '0678',
    '1234 ',
    '@b.com',
    '-',
    '*',
    '****',
  ),
  fc.stringMatching(/^[0-9 .@*X-]{0,14}$/),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const TEXT = fc.array(NUMBERS, { maxLength: 8 }).map((parts) => parts.join(''))

test('R1: masking leaves no form behind, whatever stands beside whatever, and masks the same once as twice', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const masked = maskPersonal(text)
      expect(personalSpots(masked)).toEqual([])
      expect(maskPersonal(masked)).toBe(masked)
    }),
    { numRuns: 5000 },
  )
})

test('R1: spots are apart, in order, and what stands outside them is untouched', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      let at = 0
      let rebuilt = ''
      for (const { from, to, mask } of personalSpots(text)) {
        expect(from).toBeGreaterThanOrEqual(at)
        expect(to).toBeGreaterThan(from)
        rebuilt += text.slice(at, from) + mask
        at = to
      }
      expect(rebuilt + text.slice(at)).toBe(maskPersonal(text))
    }),
    { numRuns: 2000 },
  )
})

test('R8: identity and bank cards are told apart from telephones, orders and addresses', () => {
  expect(['11010519491231002X', '6222 0202 0011 2233 445', '6222020200112233'].map((text) => personalKinds(text))).toEqual([
    ['identity'],
    ['card'],
    ['card'],
  ])
  expect(['13812345678', 'zhang@example.com', '订单 202611220012345', '20,000 件'].map((text) => personalKinds(text))).toEqual([
    ['phone'],
    ['mail'],
    ['order'],
    [],
  ])
})
