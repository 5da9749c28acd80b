import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import { restoreMasked } from '#domain/privacy/restore-masked.ts'

const ENTRY = { text: '客户 13812345678 来电，邮箱 zhang@example.com', tags: ['外呼'] }

test('R1: a mask that was left standing becomes the number again, the mended word stays', () => {
  expect(restoreMasked({ text: '客户 138****5678 两次来电，邮箱 z***@example.com' }, ENTRY)).toEqual({
    value: { text: '客户 13812345678 两次来电，邮箱 zhang@example.com' },
  })
  expect(restoreMasked({ text: '客户未留电话' }, ENTRY)).toEqual({ value: { text: '客户未留电话' } })
})

test('R1: what cannot be told is not guessed: one mask for two numbers, and a mask of something that is gone', () => {
  const two = { text: '13811115678 与 13822225678' }
  expect(restoreMasked({ text: maskPersonal(two.text) }, two)).toBeNull()
  expect(restoreMasked({ text: '客户 139****0000 来电' }, ENTRY)).toBeNull()
})

test('asterisks of somebody’s own stay: those that stand in the log, and those that are no mask', () => {
  expect(restoreMasked({ text: '导入时已是 139****0000，补充' }, { text: '导入时已是 139****0000' })).toEqual({
    value: { text: '导入时已是 139****0000，补充' },
  })
  expect(restoreMasked({ text: '骂了 **** 一句' }, ENTRY)).toEqual({ value: { text: '骂了 **** 一句' } })
})

test('R1: whatever is read masked and written back unchanged is what it was, or is refused', () => {
  const part = fc.oneof(
    fc.constantFrom('13812345678', '010-62345678', '11010519491231002X', 'a@b.com', '6222020200112233', '来电 ', '，'),
    fc.string({ maxLength: 5 }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const before = { text: parts.join(''), list: [{ text: parts.toReversed().join('') }] }
      const restored = restoreMasked(maskValues(before), before)
      if (restored) expect(restored.value).toEqual(before)
    }),
    { numRuns: 2000 },
  )
})

test('ids, hashes and marks stay as they are; what holds nothing personal is the very same object', () => {
  const id = '0190a1b2-1234-7123-8123-123456789012'
  const made = {
    id,
    scope: `incident:${id}`,
    mark: `${id} 17`,
    hash: '123456789012'.repeat(6).slice(0, 64),
    bytes: new Uint8Array(4),
    points: [[1_800_000_000_000, 3]],
  }
  expect(maskValues(made)).toBe(made)
  expect(maskValues({ ...made, text: '13812345678' })).toEqual({ ...made, text: '138****5678' })
  expect(maskValues({ login: 'a@b.com', note: 'a@b.com' }, new Set(['login']))).toEqual({ login: 'a@b.com', note: 'a***@b.com' })
})
