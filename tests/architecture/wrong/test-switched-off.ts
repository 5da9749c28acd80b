// place: tests/wrong-off.test.ts
// refused: no-disabled-tests
// saying:
import { expect, test } from 'vitest'

test.skip('off', () => {
  expect(1).toBe(1)
})
