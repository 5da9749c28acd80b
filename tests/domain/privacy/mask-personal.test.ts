import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { expect, test } from 'vitest'

test.each([
  ['客户 13812345678 来电', '客户 ****5678 来电'],
  ['手机+86 138-1234-5678，已回电', '手机****5678，已回电'],
  ['身份证 11010519491231002X', '身份证 ****'],
  ['邮箱 zhang.san@example.com', '邮箱 z***@example.com'],
  ['卡号 6222 0202 0011 2233 445', '卡号 ****3445'],
  ['订单 202611220012345', '订单 ****2345'],
  ['座机 010-62345678', '座机 ****5678'],
])('LI-03: what identifies a person is masked: %s', (text, masked) => {
  expect(maskPersonal(text)).toBe(masked)
})

test.each(['20,000 件投诉，三天内', '2026-11-22 15:42 发布', '机型 AP-3，批次 20261101', '热线 400-820-8820', '增长 312.5%，共 12345678 次'])('figures that name nobody stay: %s', (text) => {
  expect(maskPersonal(text)).toBe(text)
})
