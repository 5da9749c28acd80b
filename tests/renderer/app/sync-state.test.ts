import type { SyncView } from '#contract/workspace-api.ts'
import { expect, test } from 'vitest'
import { syncState } from '../../../src/renderer/app/sync-state.ts'

const HOUR = 3_600_000
const SYNC: SyncView = {
  pending: 0,
  pendingSince: null,
  connected: true,
  needsAttention: 0,
  to: { teamName: '清泉', address: 'https://10.0.0.2:7443' },
  lastContactAt: 0,
  leaseEndsAt: 24 * HOUR,
  refused: null,
  trouble: null,
  filesWaiting: 0,
  missing: { scopes: 0, records: 0 },
}

test('the gravest thing is said: no service, something gone from the server, something to decide, turned away, away, waiting, all sent', () => {
  const waiting = { ...SYNC, pending: 2 }
  expect(syncState({ ...waiting, needsAttention: 1, refused: 'protocol-older' }, false, true, 0)).toBe('lost')
  expect(syncState({ ...waiting, needsAttention: 1, missing: { scopes: 1, records: 0 } }, true, true, 0)).toBe('missing')
  expect(syncState({ ...waiting, missing: { scopes: 0, records: 3 } }, true, false, 0)).toBe('missing')
  expect(syncState({ ...waiting, needsAttention: 1, refused: 'protocol-older' }, true, true, 0)).toBe('attention')
  expect(syncState({ ...waiting, refused: 'protocol-older' }, true, true, 0)).toBe('stopped')
  expect(syncState(waiting, true, true, 0)).toBe('away')
  expect(syncState(waiting, true, false, 0)).toBe('pending')
  expect(syncState({ ...SYNC, filesWaiting: 1 }, true, false, 0)).toBe('pending')
  expect(syncState(SYNC, true, false, 0)).toBe('synced')
})

test('until when data is shown is said once half of that time has passed', () => {
  expect(syncState(SYNC, true, true, 12 * HOUR)).toBe('away')
  expect(syncState(SYNC, true, true, 12 * HOUR + 1)).toBe('lease')
})

test('a machine whose hub is its own is never away from a team', () => {
  expect(syncState({ ...SYNC, to: null, lastContactAt: null, leaseEndsAt: null }, true, true, 99 * HOUR)).toBe('synced')
})
