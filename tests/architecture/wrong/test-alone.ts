// place: tests/wrong-alone.test.ts
// refused: no-focused-tests
// saying:
import { expect, test } from 'vitest'

test.only('alone', () => {
  expect(1).toBe(1)
})
