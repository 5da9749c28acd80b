// place: tests/wrong-empty.test.ts
// refused: expect-expect
// saying:
import { test } from 'vitest'

test('nothing', () => {})
