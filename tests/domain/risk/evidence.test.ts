import { expect, test } from 'vitest'
import { FRESH_MS, gradeEvidence, offeredLevel } from '#domain/risk/evidence.ts'
import { assessRisk, DEFAULT_RISK_WEIGHTS, type RiskInputs } from '#domain/risk/risk.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'

const NOTHING: RiskInputs = { growth24h: null, negativeShare: null, mainstreamMedia: null, opinionLeaders: null, enquiryGrowth: null }
const now = TWO_AT_NIGHT
const old = now - 3 * 24 * 3_600_000
const assess = (inputs: Partial<RiskInputs>) => assessRisk({ ...NOTHING, ...inputs }, DEFAULT_RISK_WEIGHTS)

test('AN-05: a grade says how many factors it rests on, how many are fresh and how old the newest is', () => {
  const one = assess({ growth24h: 50 })
  expect(gradeEvidence(one, { growth24h: old }, now)).toEqual({ factors: 4, known: 1, fresh: 0, newestAt: old })
  expect(gradeEvidence(one, { growth24h: now - FRESH_MS }, now)).toMatchObject({ fresh: 1 })
  expect(gradeEvidence(null, {}, now)).toEqual({ factors: 4, known: 0, fresh: 0, newestAt: null })
  // Several figures of one factor count as one factor; the figure that decides the grade gives its age.
  const influence = assess({ mainstreamMedia: 9, opinionLeaders: 0 })
  expect(gradeEvidence(influence, { mainstreamMedia: old, opinionLeaders: now }, now)).toMatchObject({ known: 1, fresh: 0 })
})

test('GR-05: lowering is offered on three fresh factors, never on fewer; raising on any', () => {
  const calm = assess({ growth24h: 0, negativeShare: 0, mainstreamMedia: 0, enquiryGrowth: 0 })
  const offered = (times: Partial<Record<keyof RiskInputs, number>>) => offeredLevel(calm, 1, gradeEvidence(calm, times, now))
  expect(offered({ growth24h: now, negativeShare: now, mainstreamMedia: now, enquiryGrowth: old })).toBe(3)
  expect(offered({ growth24h: now, negativeShare: now, mainstreamMedia: old, enquiryGrowth: old })).toBeNull()
  const alarm = assess({ negativeShare: 90 })
  expect(offeredLevel(alarm, 3, gradeEvidence(alarm, { negativeShare: old }, now))).toBe(1)
  expect(offeredLevel(alarm, 1, gradeEvidence(alarm, { negativeShare: now }, now))).toBeNull()
  expect(offeredLevel(null, 1, gradeEvidence(null, {}, now))).toBeNull()
})
