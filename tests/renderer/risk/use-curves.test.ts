import { expect, test } from 'vitest'
import type { UseRow } from '#contract/agents-api.ts'
import { HOUR } from '#domain/durations.ts'
import { curvesOfUse } from '../../../src/renderer/features/risk/use/use-curves.ts'

const row = (wordingId: string, number: number, hour: number, opened: number): UseRow => ({
  wordingId,
  revisionId: `${wordingId}${number}`,
  number,
  hour: hour * HOUR,
  shown: 0,
  opened,
  copied: 1,
  worked: 0,
  objected: 0,
})

test('the use of a text is a curve without gaps over all its versions, the most used text first', () => {
  const rows = [row('b', 1, 2, 1), row('a', 1, 1, 2), row('a', 2, 3, 4), row('a', 1, 3, 1)]
  const [first, second] = curvesOfUse(rows, 'opened', 5 * HOUR + 1)
  expect(first).toEqual({
    wordingId: 'a',
    points: [
      [HOUR, 2],
      [2 * HOUR, 0],
      [3 * HOUR, 5],
      [4 * HOUR, 0],
      [5 * HOUR, 0],
    ],
    total: 7,
    versions: [
      { at: HOUR, number: 1 },
      { at: 3 * HOUR, number: 2 },
    ],
  })
  expect(second?.wordingId).toBe('b')
  expect(curvesOfUse(rows, 'copied', 0).map(({ total }) => total)).toEqual([3, 1])
})
