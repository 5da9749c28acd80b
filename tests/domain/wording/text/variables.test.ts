import fc from 'fast-check'
import { fillVariables, KNOWN_VARIABLES, parseVariables, VARIABLE_NAME, variableNames } from '#domain/wording/text/variables.ts'
import { expect, test } from 'vitest'

const BRACES = fc
  .array(fc.oneof(fc.constantFrom('{', '}', '{{', '{hotline}', '{ time }', '｛link｝', '{A}', '\n', '{}', '\ud800', '热线'), fc.string()))
  .map((parts) => parts.join(''))

test('MS-03: the variables of a text are filled from their values', () => {
  expect(
    fillVariables('{brand}会在{deadline}前回电，或拨打{hotline}。', { brand: '清新', deadline: '今天 15:00', hotline: '400-820-8820' }),
  ).toEqual({
    ok: true,
    text: '清新会在今天 15:00前回电，或拨打400-820-8820。',
  })
  expect(variableNames('{time}{hotline}{time}')).toEqual(['time', 'hotline'])
})

test('MS-03: a variable without a value is named, not read out', () => {
  expect(fillVariables('请拨打{hotline}，工号{agent}', { hotline: '  ', toString: 'x' })).toEqual({
    ok: false,
    missing: ['hotline', 'agent'],
    malformed: [],
  })
  expect(fillVariables('{constructor}', {})).toEqual({ ok: false, missing: ['constructor'], malformed: [] })
})

test.each([
  ['{hotline', [[0, 1]]],
  ['hotline}', [[7, 8]]],
  ['{ hotline }', [[0, 11]]],
  ['{热线}', [[0, 4]]],
  ['｛hotline｝', [[0, 9]]],
  ['{}', [[0, 2]]],
  [
    '{hot\nline}',
    [
      [0, 1],
      [9, 10],
    ],
  ],
  [
    '{{link}}',
    [
      [0, 1],
      [7, 8],
    ],
  ],
])('MS-03: a malformed variable is found: %s', (text, places) => {
  const malformed = parseVariables(text).filter(({ kind }) => kind === 'malformed')
  expect(malformed.map(({ start, end }) => [start, end])).toEqual(places)
})

test('a value is never read as a text with variables', () => {
  expect(fillVariables('{owner}', { owner: '{owner}{time}', time: '3 pm' })).toEqual({ ok: true, text: '{owner}{time}' })
})

test('the parts of any text are the text, in order and without gaps', () => {
  fc.assert(
    fc.property(BRACES, (text) => {
      const parts = parseVariables(text)
      expect(parts.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
      for (const [index, { start, end }] of parts.entries()) {
        expect(start).toBe(index === 0 ? 0 : parts[index - 1]?.end)
        expect(end).toBeGreaterThan(start)
      }
    }),
  )
})

test('many braces take no more work than their number', () => {
  const parts = parseVariables('{'.repeat(200_000))
  expect(parts).toHaveLength(200_000)
  expect(KNOWN_VARIABLES.every((name) => VARIABLE_NAME.test(name))).toBe(true)
})
