import { expect, test } from 'vitest'
import { waitingWithdrawals } from '../../../src/web/console/state/withdrawn.ts'

const gone = (id: string, at: number, why: 'withdrawn' | 'expired' | 'not-for-you' = 'withdrawn') => ({
  id,
  number: 1,
  title: id,
  at,
  why,
  instead: '',
})

test('a withdrawal that comes while the console is open waits until it is put away; an old one does not', () => {
  expect(waitingWithdrawals([], null, [gone('a', 1)])).toEqual([])
  expect(waitingWithdrawals([], [gone('a', 1)], [gone('a', 1), gone('b', 2), gone('c', 2, 'expired')])).toEqual(['b 2'])
  // After a reload it waits still, and not if it is in use again or withdrawn anew.
  expect(waitingWithdrawals(['b 2'], null, [gone('a', 1), gone('b', 2)])).toEqual(['b 2'])
  expect(waitingWithdrawals(['b 2'], [gone('b', 2)], [])).toEqual([])
  expect(waitingWithdrawals(['b 2'], [gone('b', 2)], [gone('b', 3)])).toEqual(['b 3'])
})
