import { expect, test } from 'vitest'
import fc from 'fast-check'
import {
  assessRisk,
  DEFAULT_RISK_WEIGHTS,
  levelOfGrade,
  RISK_FACTORS,
  RISK_SCALES,
  type RiskInputs,
  type RiskWeights,
} from '#domain/risk/risk.ts'
import { seeded } from '#tests/support/seeded.ts'

const UNKNOWN: RiskInputs = { growth24h: null, negativeShare: null, mainstreamMedia: null, opinionLeaders: null, enquiryGrowth: null }
const CALM: RiskInputs = { growth24h: 0, negativeShare: 5, mainstreamMedia: 0, opinionLeaders: 0, enquiryGrowth: 0 }
const FIGURES = Object.keys(UNKNOWN) as (keyof RiskInputs)[]

const maybe = (value: fc.Arbitrary<number>) => fc.option(value, { nil: null })
const anyInputs: fc.Arbitrary<RiskInputs> = fc.record({
  growth24h: maybe(fc.integer({ min: -100, max: 5000 })),
  negativeShare: maybe(fc.integer({ min: 0, max: 100 })),
  mainstreamMedia: maybe(fc.integer({ min: 0, max: 50 })),
  opinionLeaders: maybe(fc.integer({ min: 0, max: 100 })),
  enquiryGrowth: maybe(fc.integer({ min: -100, max: 1000 })),
})
const weight = fc.integer({ min: 0, max: 100 })
const anyWeights: fc.Arbitrary<RiskWeights> = fc.record({ spread: weight, sentiment: weight, influence: weight, business: weight })

const factorOf = (inputs: RiskInputs, factor: string) =>
  assessRisk(inputs, DEFAULT_RISK_WEIGHTS)?.factors.find((one) => one.factor === factor)

test.for([
  ['AN-01: growth', 'growth24h', 200, 201],
  ['AN-02: negative share', 'negativeShare', 70, 71],
  ['AN-03: mainstream media', 'mainstreamMedia', 3, 4],
] as const)(
  '%s raises the alarm above its threshold and not at it, and an alarm makes the composite 4 at least',
  ([, figure, at, above]) => {
    const calm = assessRisk({ ...CALM, [figure]: at }, DEFAULT_RISK_WEIGHTS)
    expect(calm?.alarms).toEqual([])
    expect(calm?.composite).toBeLessThan(4)
    const alarmed = assessRisk({ ...CALM, [figure]: above }, DEFAULT_RISK_WEIGHTS)
    expect(alarmed?.alarms).toMatchObject([{ figure, value: above, threshold: at }])
    expect(alarmed?.composite).toBe(4)
    expect(alarmed?.suggestedLevel).toBe(1)
  },
)

test('AN-04: enquiries 50 % up ask for attention without being an alarm', () => {
  expect(factorOf({ ...CALM, enquiryGrowth: 50 }, 'business')).toMatchObject({ grade: 2, reason: { source: null } })
  expect(factorOf({ ...CALM, enquiryGrowth: 51 }, 'business')).toMatchObject({
    grade: 3,
    reason: { threshold: 50, passed: true, source: 'AN-04' },
  })
  expect(assessRisk({ ...UNKNOWN, enquiryGrowth: 51 }, DEFAULT_RISK_WEIGHTS)?.alarms).toEqual([])
})

test('AN-05: the reason names the threshold of the source as soon as that is passed, else a step of ours', () => {
  expect(factorOf({ ...UNKNOWN, growth24h: 900 }, 'spread')).toMatchObject({
    grade: 5,
    reason: { value: 900, threshold: 200, passed: true, source: 'AN-01' },
  })
  expect(factorOf({ ...UNKNOWN, growth24h: 100 }, 'spread')).toMatchObject({
    grade: 3,
    reason: { threshold: 80, passed: true, source: null },
  })
  expect(factorOf({ ...UNKNOWN, growth24h: 5 }, 'spread')).toMatchObject({
    grade: 1,
    reason: { threshold: 20, passed: false, source: null },
  })
})

test('AN-03: of several figures of a factor the worst speaks', () => {
  expect(factorOf({ ...UNKNOWN, mainstreamMedia: 1, opinionLeaders: 20 }, 'influence')).toMatchObject({
    grade: 5,
    reason: { figure: 'opinionLeaders' },
  })
})

test('section 5, item 2: composite 5 and 4 are level 1, 3 is level 2, 2 and 1 are level 3', () => {
  expect(([1, 2, 3, 4, 5] as const).map(levelOfGrade)).toEqual([3, 3, 2, 1, 1])
})

test('section 5, item 4: the weights are ours and sum to a hundred', () => {
  expect(Object.values(DEFAULT_RISK_WEIGHTS).reduce((sum, one) => sum + one, 0)).toBe(100)
  expect(Object.keys(DEFAULT_RISK_WEIGHTS)).toEqual([...RISK_FACTORS])
})

test('AN-06: nothing known is no assessment, and an unknown factor has no say', () => {
  expect(assessRisk(UNKNOWN, DEFAULT_RISK_WEIGHTS)).toBeNull()
  const one = assessRisk({ ...UNKNOWN, negativeShare: 50 }, DEFAULT_RISK_WEIGHTS)
  expect(one?.factors.map(({ factor }) => factor)).toEqual(['sentiment'])
  expect(one?.score).toBe(3)
})

test('AN-05: the composite is the weighted mean, rounded half up', () => {
  const inputs = { ...UNKNOWN, growth24h: 100, negativeShare: 30 }
  expect(assessRisk(inputs, { spread: 50, sentiment: 50, influence: 0, business: 0 })).toMatchObject({ score: 2.5, composite: 3 })
  expect(assessRisk(inputs, { spread: 40, sentiment: 60, influence: 0, business: 0 })).toMatchObject({ composite: 2 })
})

test('AN-05: with all weights zero the worst factor speaks', () => {
  const none = { spread: 0, sentiment: 0, influence: 0, business: 0 }
  expect(assessRisk({ ...CALM, opinionLeaders: 4 }, none)).toMatchObject({ composite: 3 })
})

test('AN-05: a factor without weight changes nothing but by an alarm', () => {
  fc.assert(
    fc.property(anyInputs, anyWeights, fc.integer({ min: -100, max: 1000 }), (inputs, weights, growth) => {
      const without = { ...weights, spread: 10, business: 0 }
      const some = { ...inputs, growth24h: inputs.growth24h ?? 0 }
      expect(assessRisk({ ...some, enquiryGrowth: growth }, without)?.composite).toBe(
        assessRisk({ ...some, enquiryGrowth: null }, without)?.composite,
      )
    }),
    seeded(300),
  )
})

test('AN-05: a figure that rises never lowers the composite, whatever is known and however it weighs', () => {
  fc.assert(
    fc.property(anyInputs, anyWeights, fc.constantFrom(...FIGURES), fc.integer({ min: 1, max: 500 }), (inputs, weights, figure, more) => {
      const value = inputs[figure]
      fc.pre(value !== null)
      const before = assessRisk(inputs, weights)
      const after = assessRisk({ ...inputs, [figure]: (value ?? 0) + more }, weights)
      expect(after?.composite ?? 0).toBeGreaterThanOrEqual(before?.composite ?? 0)
      expect(after?.score ?? 0).toBeGreaterThanOrEqual(before?.score ?? 0)
    }),
    seeded(500),
  )
})

test('AN-05: the composite is a whole grade of 1–5, each factor has a reason that fits its figure', () => {
  fc.assert(
    fc.property(anyInputs, anyWeights, (inputs, weights) => {
      const assessment = assessRisk(inputs, weights)
      if (!assessment) {
        // Nothing is returned: fast-check takes what an assertion returns for the verdict.
        expect(Object.values(inputs).every((value) => value === null)).toBe(true)
        return
      }
      expect([1, 2, 3, 4, 5]).toContain(assessment.composite)
      for (const { reason, grade, factor } of assessment.factors) {
        expect(inputs[reason.figure]).toBe(reason.value)
        expect(reason.value > reason.threshold).toBe(reason.passed)
        expect(reason.passed).toBe(grade > 1)
        expect(RISK_SCALES.find(({ figure }) => figure === reason.figure)?.factor).toBe(factor)
      }
    }),
    seeded(500),
  )
})
