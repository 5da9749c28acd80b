import { expect, test } from 'vitest'
import { evidencePlace } from '../../../src/renderer/features/timeline/evidence/evidence-place.ts'

test('where a file is, is said from this device: kept, on its way with how much of it, or still with whoever added it', () => {
  const at = (here: boolean, atHub: 'whole' | 'not-yet' | 'unknown', received = 0, arrived = 0) =>
    evidencePlace({ here, arrived, atHub, size: 400, received })
  expect(at(true, 'whole', 400)).toEqual({ place: 'safe', fraction: null })
  expect(at(true, 'unknown')).toEqual({ place: 'waiting', fraction: null })
  expect(at(true, 'not-yet', 100)).toEqual({ place: 'sending', fraction: 0.25 })
  expect(at(false, 'whole', 400)).toEqual({ place: 'at-hub', fraction: null })
  expect(at(false, 'whole', 400, 300)).toEqual({ place: 'fetching', fraction: 0.75 })
  expect(at(false, 'not-yet', 100)).toEqual({ place: 'coming', fraction: 0.25 })
  expect(at(false, 'not-yet')).toEqual({ place: 'elsewhere', fraction: null })
  expect(at(false, 'unknown')).toEqual({ place: 'unasked', fraction: null })
})
