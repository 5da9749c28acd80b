import { expect, test } from 'vitest'
import { evidenceLocation } from '../../../src/renderer/features/timeline/evidence/evidence-location.ts'

test('where a file is, is said from this device: kept, on its way with how much of it, or still with whoever added it', () => {
  const at = (here: boolean, atHub: 'whole' | 'not-yet' | 'unknown', received = 0, arrived = 0) =>
    evidenceLocation({ here, arrived, atHub, size: 400, received })
  expect(at(true, 'whole', 400)).toEqual({ location: 'safe', fraction: null })
  expect(at(true, 'unknown')).toEqual({ location: 'waiting', fraction: null })
  expect(at(true, 'not-yet', 100)).toEqual({ location: 'sending', fraction: 0.25 })
  expect(at(false, 'whole', 400)).toEqual({ location: 'at-hub', fraction: null })
  expect(at(false, 'whole', 400, 300)).toEqual({ location: 'fetching', fraction: 0.75 })
  expect(at(false, 'not-yet', 100)).toEqual({ location: 'coming', fraction: 0.25 })
  expect(at(false, 'not-yet')).toEqual({ location: 'elsewhere', fraction: null })
  expect(at(false, 'unknown')).toEqual({ location: 'unasked', fraction: null })
})
