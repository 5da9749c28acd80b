import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHANNEL_KINDS, guessChannel, readAddress, writtenAddress } from '#domain/contacts/channel-address.ts'

describe('OR-10: an address is stored in one form, however it was typed', () => {
  test.each([
    ['mobile', '138 0013 8000', '+8613800138000'],
    ['mobile', '１３８００１３８０００', '+8613800138000'],
    ['mobile', '+86-138-0013-8000', '+8613800138000'],
    ['mobile', '0086 13800138000', '+8613800138000'],
    ['mobile', '\u200B13800138000\u202C', '+8613800138000'],
    ['mobile', '+1 415 555 2671', '+14155552671'],
    ['landline', '021-68888888', '+862168888888'],
    ['landline', '021-68888888转802', '+862168888888;ext=802'],
    ['landline', '(021) 6888 8888 ext. 802', '+862168888888;ext=802'],
    ['landline', '95588', '95588'],
    ['landline', '12345', '12345'],
    ['landline', '95588转1', '95588;ext=1'],
    ['landline', '400-820-8820', '+864008208820'],
    ['email', 'Zhang.San@Example.COM', 'Zhang.San@example.com'],
    ['wecom', 'zhangsan_01', 'zhangsan_01'],
  ] as const)('%s %s', (kind, typed, address) => {
    expect(readAddress(kind, typed)).toEqual({ ok: true, address })
    expect(readAddress(kind, address)).toEqual({ ok: true, address })
  })
})

test.each([
  ['mobile', '', 'empty'],
  ['mobile', '12345678901', 'not-a-number'],
  ['mobile', '1380013800', 'not-a-number'],
  ['mobile', '021-68888888', 'not-a-mobile'],
  ['mobile', '95588', 'not-a-mobile'],
  ['mobile', '13800138000转802', 'not-a-mobile'],
  ['landline', '13800138000', 'is-a-mobile'],
  ['landline', '夜间打前台', 'not-a-number'],
  ['email', 'a@example.com, b@example.com', 'several-emails'],
  ['email', 'a@example.com\r\nBcc: evil@example.com', 'several-emails'],
  ['email', '张三', 'not-an-email'],
  ['feishu', '张三', 'not-an-account'],
  ['wecom', 'x'.repeat(65), 'too-long'],
] as const)('what reaches nobody is refused, and why: %s %j', (kind, typed, problem) => {
  expect(readAddress(kind, typed)).toEqual({ ok: false, problem })
})

test('whatever is stored reads as itself', () => {
  const digits = [
    '95588',
    '021',
    '68888888',
    '138',
    '00138000',
    '+86',
    '+1',
    '415',
    '5552671',
    '0086',
    '+39',
    '06',
    '1',
    '802',
    '123456789',
  ]
  const signs = ['转', '转接', '分机', 'ext', 'ext.', ';ext=', 'x', '#', ':', ';', ',', '，', ' ', '-', '(', ')', '~', '/', '.', 'tel:']
  const letters = ['a', 'B', '@', 'Example.COM', '_', '\u200B', '８', '张']
  const parts = fc.constantFrom(...digits, ...signs, ...letters)
  const texts = fc.oneof(
    fc.array(parts, { maxLength: 8 }).map((all) => all.join('')),
    fc
      .tuple(
        fc.constantFrom('95588', '12345', '021-68888888', '+862168888888', '13800138000', '+14155552671', '400-820-8820'),
        parts,
        parts,
        fc.integer({ min: 0, max: 10 ** 10 }),
      )
      .map((all) => all.join('')),
  )
  fc.assert(
    fc.property(fc.constantFrom(...CHANNEL_KINDS), texts, (kind, text) => {
      const read = readAddress(kind, text)
      if (read.ok) expect(readAddress(kind, read.address)).toEqual(read)
    }),
    { numRuns: 5000 },
  )
})

test('an address without a label finds its kind', () => {
  expect(guessChannel('13800138000')?.kind).toBe('mobile')
  expect(guessChannel('010-8888 8888')?.kind).toBe('landline')
  expect(guessChannel('a@b.cn')?.kind).toBe('email')
  expect(guessChannel('前台')).toBeNull()
})

test('numbers are shown as people read them', () => {
  expect(writtenAddress('mobile', '+8613800138000').replaceAll(/\s/g, '')).toBe('13800138000')
  expect(writtenAddress('mobile', '+14155552671')).toBe('+1 415 555 2671')
  expect(writtenAddress('landline', '+862168888888;ext=802')).toContain('#802')
  expect(writtenAddress('landline', '95588')).toBe('95588')
  expect(writtenAddress('email', 'a@b.cn')).toBe('a@b.cn')
})
