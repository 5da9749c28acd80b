import { expect, test } from 'vitest'
import { noticePlace } from '../../../src/renderer/features/notices/notice-words.ts'

test('a notice about a text opens it in its incident, or in the standing library', () => {
  const revision = { subject: { kind: 'revision', id: 'r' }, params: { wordingId: 'w' } } as const
  const wording = { subject: { kind: 'wording', id: 'w' }, params: {} } as const
  expect([revision, wording].map((one) => noticePlace({ ...one, incidentId: 'i' }))).toEqual(Array(2).fill('/incidents/i/wording/w'))
  expect([revision, wording].map((one) => noticePlace({ ...one, incidentId: null }))).toEqual(Array(2).fill('/wording/w'))
})
