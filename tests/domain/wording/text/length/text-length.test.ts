import fc from 'fast-check'
import { smsLength } from '#domain/wording/text/length/sms-segments.ts'
import { LENGTH_PLACES, textLength } from '#domain/wording/text/length/text-length.ts'
import { expect, test } from 'vitest'

test.each([
  ['', 'gsm-7', 0, 160, 0],
  ['a'.repeat(160), 'gsm-7', 160, 160, 1],
  ['a'.repeat(161), 'gsm-7', 161, 153, 2],
  ['€'.repeat(80), 'gsm-7', 160, 160, 1],
  ['a'.repeat(152) + '€'.repeat(5), 'gsm-7', 162, 153, 2],
  ['退'.repeat(70), 'ucs-2', 70, 70, 1],
  ['退'.repeat(71), 'ucs-2', 71, 67, 2],
  ['退'.repeat(134), 'ucs-2', 134, 67, 2],
  ['退'.repeat(135), 'ucs-2', 135, 67, 3],
  // The emoji does not fit whole into the first message.
  ['退'.repeat(66) + '😀' + '退'.repeat(66), 'ucs-2', 134, 67, 3],
])('MS-03: short messages of %s', (text, encoding, used, perSegment, segments) => {
  expect(smsLength(text)).toEqual({ encoding, used, perSegment, segments })
})

test('MS-03: Weibo counts a Latin character half', () => {
  expect(textLength('退款'.repeat(70), 'weibo')).toEqual({ unit: 'character', used: 140, limit: 140, segments: 1 })
  expect(textLength('退款abc', 'weibo').used).toBe(4)
  expect(textLength('退'.repeat(141), 'weibo').segments).toBe(2)
})

test('TK-02: a script says how long reading it takes', () => {
  expect(textLength('理解您的感受，我们马上核实。', 'spoken')).toEqual({ unit: 'second', used: 3, limit: 60, segments: 1 })
  expect(textLength('请拨打400-820-8820', 'spoken').used).toBe(4)
  expect(textLength('We are sorry and will call you by 3 pm today', 'spoken').used).toBe(5)
  expect(textLength('我们'.repeat(200), 'spoken', { spokenSeconds: 50, charactersPerSecond: 5 })).toMatchObject({ used: 80, segments: 2 })
})

test('titles count characters, an emoji as one', () => {
  expect(textLength('说明😀', 'wechat-title')).toEqual({ unit: 'character', used: 3, limit: 64, segments: 1 })
  expect(textLength('说'.repeat(31), 'douyin-title').segments).toBe(2)
  expect(textLength('', 'wechat-digest').segments).toBe(0)
})

test('every text has a length everywhere, and more text is never shorter', () => {
  const text = fc.string({ unit: fc.constantFrom('退', 'a', ' ', '😀', '\ud800', '€', '9', '，') })
  fc.assert(
    fc.property(text, text, fc.constantFrom(...LENGTH_PLACES), (one, more, place) => {
      // A word that continues, or a text that turns Chinese, is read differently: only the counted places grow strictly.
      const whole = textLength(one + more, place)
      expect(whole.used).toBeGreaterThanOrEqual(0)
      if (place !== 'spoken') expect(whole.used).toBeGreaterThanOrEqual(textLength(one, place).used)
    }),
  )
})
