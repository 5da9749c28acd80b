import { wordHours, wordMinutes, wordSpan } from '#ui/time/use-span.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from '#tests/support/seeded.ts'
import { namespacesOf, readEntries, readSources } from '../locale-files.ts'
import { wordsIn } from '../words-in.ts'

// Minutes must never be read as hours: every duration is shown with its unit.

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const chinese = wordsIn('zh-Hans')
const english = wordsIn('en')

test.each([
  [0, '0 秒', '0 s'],
  [27 * SECOND, '27 秒', '27 s'],
  [48 * MINUTE + 9 * SECOND, '48 分 09 秒', '48 min 9 s'],
  [-25 * MINUTE, '25 分 00 秒', '25 min 0 s'],
  [HOUR, '1 小时 00 分', '1 h 0 min'],
  [3 * HOUR + 12 * MINUTE + 59 * SECOND, '3 小时 12 分', '3 h 12 min'],
  [2 * DAY + 3 * HOUR + 5 * MINUTE, '2 天 3 小时', '2 d 3 h'],
])('%i ms are %s, %s', (ms, zh, en) => {
  expect(wordSpan(ms, chinese)).toBe(zh)
  expect(wordSpan(ms, english)).toBe(en)
})

test('what does not count is said in whole minutes, limits without days', () => {
  expect([0, 45 * MINUTE, 90 * MINUTE, 4 * HOUR, DAY, 2 * DAY + 5 * MINUTE].map((ms) => wordMinutes(ms, chinese))).toEqual([
    '0 分',
    '45 分',
    '1 小时 30 分',
    '4 小时',
    '1 天',
    '2 天 5 分',
  ])
  expect([30 * MINUTE, HOUR, 90 * MINUTE, 24 * HOUR, 48 * HOUR].map((ms) => wordHours(ms, english))).toEqual([
    '30 min',
    '1 h',
    '1 h 30 min',
    '24 h',
    '48 h',
  ])
})

test('property: no length of time reads like a time of day, in any language', () => {
  fc.assert(
    fc.property(fc.integer({ min: -400 * DAY, max: 400 * DAY }), (ms) => {
      for (const t of [chinese, english])
        for (const word of [wordSpan, wordMinutes, wordHours]) expect(word(Math.abs(ms), t)).not.toMatch(/\d:\d/)
    }),
    seeded(300),
  )
})

/** Where two digits belong to a date or a time of day, in the format of machines and date fields. */
const DATES = [
  'src/renderer/ui/time/when-text.ts',
  'src/renderer/features/timeline/composer/screenshot-name.ts',
  'src/renderer/features/team/vendor-draft.ts',
]

test('nothing else on the screens puts digits and colons together', () => {
  const padded = readSources('renderer').filter(({ text }) => /padStart\(2|join\(':'\)/.test(text))
  expect(padded.map(({ path }) => path).toSorted()).toEqual(DATES.toSorted())
  for (const language of ['zh-Hans', 'en']) {
    for (const namespace of namespacesOf(language)) {
      for (const [key, texts] of readEntries(language, namespace))
        expect(
          texts.filter((text) => /\}\}:\{\{/.test(text)),
          `${language} ${namespace}:${key}`,
        ).toEqual([])
    }
  }
})
