import { formatBytes } from '#ui/format-bytes.ts'
import { expect, test } from 'vitest'

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [1536, '1.5 KB'],
  [200 * 1024 * 1024, '200 MB'],
  [1024 ** 5, '1024 TB'],
])('%d bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words)
})
