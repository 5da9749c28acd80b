import fc from 'fast-check'
import { cleanPastedText } from '#domain/wording/text/clean-pasted-text.ts'
import { expect, test } from 'vitest'

test.each([
  ['a byte order mark and zero width', '\ufeff退\u200b款\u2060三\u00ad天', '退款三天'],
  ['direction controls', '\u202e退款\u202c \u2066A\u2069', '退款 A'],
  ['line ends of every kind', '一\r\n二\r三\v四\u2028五\u2029六', '一\n二\n三\n四\n五\n六'],
  ['tabs and repeated blanks', '1.\t第一点\u00a0\u00a0说明  \u3000完', '1. 第一点 说明 完'],
  ['indents and empty lines', '\u3000\u3000第一段\n\n\n\n  第二段  \n', '第一段\n\n第二段'],
  ['bullets of Word', '\uf0b7\t第一点\n\uf0a7\t第二点', '• 第一点\n• 第二点'],
  ['a family is one emoji, a joiner elsewhere is none', '👨‍👩‍👧 退\u200d款', '👨‍👩‍👧 退款'],
  ['lone surrogates', 'a\ud800b\udc00c𠮷', 'abc𠮷'],
  ['numbering stays', '（一）原因\n（二）处理\n3）回访', '（一）原因\n（二）处理\n3）回访'],
])('MS-03: pasted text becomes plain: %s', (_what, pasted, plain) => {
  expect(cleanPastedText(pasted)).toBe(plain)
})

test('cleaning twice is cleaning once', () => {
  const signs = fc.constantFrom(' ', '\n', '\r', '\u200b', '\u200d', '😀', '\u3000', '退', '\ud800', '\ufe0f', '\t', '\ufeff', 'a')
  fc.assert(
    fc.property(
      fc.array(signs).map((parts) => parts.join('')),
      (text) => {
        const once = cleanPastedText(text)
        expect(cleanPastedText(once)).toBe(once)
        expect(once.isWellFormed()).toBe(true)
      },
    ),
  )
})
