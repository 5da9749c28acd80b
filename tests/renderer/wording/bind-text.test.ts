import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { bindText, movedBy, type Field } from '../../../src/renderer/features/wording/editor/bind-text.ts'

function makeField(): Field {
  return {
    value: '',
    selectionStart: 0,
    selectionEnd: 0,
    setSelectionRange(start, end) {
      this.selectionStart = start
      this.selectionEnd = end
    },
  }
}

function bound(text: string) {
  const doc = new Y.Doc()
  const shared = doc.getText('core')
  shared.insert(0, text)
  const field = makeField()
  return { shared, field, binding: bindText(shared, field) }
}

const type = (field: Field, value: string, caret: number) => {
  field.value = value
  field.setSelectionRange(caret, caret)
}

test('what is typed goes into the text, and what others write goes into the field without moving the caret', () => {
  const { shared, field, binding } = bound('已停售。')
  type(field, '已停售同批次。', 6)
  binding.input()
  expect(shared.toString()).toBe('已停售同批次。')
  shared.insert(0, '今天')
  expect(field.value).toBe('今天已停售同批次。')
  expect(field.selectionStart).toBe(8)
  shared.insert(field.value.length, '请停用。')
  expect(field.selectionStart).toBe(8)
  shared.delete(0, 4)
  expect([field.value, field.selectionStart]).toEqual(['售同批次。请停用。', 4])
})

test('while an input method composes the field is left alone, and both texts are kept afterwards', () => {
  const { shared, field, binding } = bound('检测中。')
  binding.compose(true)
  type(field, '检测shen中。', 6)
  binding.input()
  expect(shared.toString()).toBe('检测中。')
  shared.insert(0, '第三方')
  expect(field.value).toBe('检测shen中。')
  type(field, '检测审中。', 3)
  binding.compose(false)
  expect(shared.toString()).toBe('第三方检测审中。')
  expect([field.value, field.selectionStart]).toEqual(['第三方检测审中。', 6])
})

test('random typing on both sides: the field always shows the text, and nothing of either is lost', () => {
  const word = fc.stringMatching(/^[a-z]{1,4}$/)
  const act = fc.record({ own: fc.boolean(), at: fc.nat(30), text: word, composed: fc.boolean() })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      const { shared, field, binding } = bound('。')
      const typed: string[] = []
      for (const { own, at, text, composed } of acts) {
        const place = at % (field.value.length + 1)
        const marked = `<${text}>`
        typed.push(marked)
        if (!own) {
          // Others do not write into the middle of a marked word.
          const free = [...shared.toString()].flatMap((sign, index) => (sign === '<' || sign === '。' ? [index] : []))
          shared.insert(free[at % free.length] ?? 0, marked)
          continue
        }
        const starts = [...field.value].flatMap((sign, index) => (sign === '<' || sign === '。' ? [index] : []))
        const start = starts[place % starts.length] ?? 0
        if (composed) binding.compose(true)
        type(field, field.value.slice(0, start) + marked + field.value.slice(start), start + marked.length)
        if (composed) {
          shared.insert(0, '<other>')
          typed.push('<other>')
          binding.compose(false)
        } else binding.input()
      }
      expect(field.value).toBe(shared.toString())
      const found = [...field.value.matchAll(/<[a-z]+>/g)].map(([whole]) => whole)
      expect(found.toSorted()).toEqual(typed.toSorted())
    }),
  )
})

test('a place stays between the same characters', () => {
  expect(movedBy([{ insert: 'ab' }], 0)).toBe(0)
  expect(movedBy([{ insert: 'ab' }], 1)).toBe(3)
  expect(movedBy([{ retain: 2 }, { delete: 3 }], 4)).toBe(2)
  expect(movedBy([{ retain: 5 }, { insert: 'x' }], 4)).toBe(4)
})
