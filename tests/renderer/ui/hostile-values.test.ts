import fc from 'fast-check'
import i18next from 'i18next'
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { SystemEvent } from '#domain/timeline/entry.ts'
import { wordEvent } from '#domain/timeline/event-words.ts'
import { formatClock, formatDay, formatExact, formatHours, formatMoment, machineTime, spanParts } from '#ui/time/format-time.ts'
import { sparkPoints } from '../../../src/renderer/features/timeline/room/spark-points.ts'
import { namespacesOf } from '../locale-files.ts'

// A log keeps accepted values forever: any stored value must not crash a page.

const LANGUAGES = ['zh-Hans', 'en'] as const
const NOT_SHOWN = { 'zh-Hans': '无法显示', en: 'cannot be shown' }

beforeAll(async () => {
  const words = (language: string) =>
    Object.fromEntries(
      namespacesOf(language).map((name) => [
        name,
        JSON.parse(readFileSync(`resources/locales/${language}/${name}.json`, 'utf8')) as object,
      ]),
    )
  await i18next.init({
    lng: 'en',
    fallbackLng: false,
    resources: { 'zh-Hans': words('zh-Hans'), en: words('en') },
    ns: namespacesOf('en'),
    defaultNS: 'frame',
    interpolation: { escapeValue: false },
  })
})

const inLanguage = (language: string) => ({
  t: (key: string, params?: Record<string, string>) => i18next.getFixedT(language)(key, params ?? {}),
  time: (at: number) => formatExact(at, language),
})

const FORMATS = [formatClock, formatDay, formatExact, formatHours, (at: number, language: string) => formatMoment(at, 0, language)] as const
const NONE = [
  9e15,
  -9e15,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.MAX_SAFE_INTEGER,
  'x',
  null,
  undefined,
  {},
  [],
] as unknown as number[]

test.each(LANGUAGES)('a time that is none is said to be so, in %s', (language) => {
  for (const at of NONE) {
    for (const format of FORMATS) expect(format(at, language)).toBe(NOT_SHOWN[language])
    expect(machineTime(at)).toBeUndefined()
  }
  expect(machineTime(0)).toBe('1970-01-01T00:00:00.000Z')
})

test('every number is worded as a time or a span', () => {
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(8.64e15, -8.64e15, 8.64e15 + 1, 1e308, 5e-324))
  fc.assert(
    fc.property(number, fc.constantFrom(...LANGUAGES), (at, language) => {
      for (const format of FORMATS) expect(format(at, language)).not.toBe('')
      expect(Object.values(spanParts(at)).every(Number.isFinite)).toBe(true)
    }),
  )
})

test('every stored event is worded, whatever stands in it', () => {
  const odd = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true }),
    fc.constantFrom(9e15, 'x', '__proto__', 'toString', 'x'.repeat(1_000_000)),
  )
  const codes = fc.oneof(fc.constantFrom(...SystemEvent.shape.code.options), fc.string(), fc.constantFrom('__proto__', 'constructor'))
  const names = fc.constantFrom(
    'until',
    'from',
    'to',
    'reason',
    'name',
    'role',
    'count',
    'clock',
    'fields',
    'stage',
    'level',
    'composite',
    'verdict',
    'clocks',
    'tasks',
    'summary',
    'plan',
    'version',
    'task',
    'file',
    'importId',
  )
  fc.assert(
    fc.property(codes, fc.dictionary(names, odd), fc.constantFrom(...LANGUAGES), (code, params, language) => {
      const words = wordEvent({ code, params } as unknown as SystemEvent, inLanguage(language))
      expect(words === null || (typeof words === 'string' && words.length < 30_000)).toBe(true)
    }),
    { numRuns: 500 },
  )
  for (const params of [undefined, null, 'x', 7, []])
    expect(typeof wordEvent({ code: 'authority-granted', params } as unknown as SystemEvent, inLanguage('en'))).toBe('string')
})

test('a note of an authority until a time that is none says so in its place', () => {
  for (const language of LANGUAGES) {
    for (const until of ['x', 9e15]) {
      const words = wordEvent(
        { code: 'authority-granted', params: { name: '安', role: 'legal', until, reason: '夜间' } },
        inLanguage(language),
      )
      expect(words).toContain(NOT_SHOWN[language])
      expect(words).toContain('夜间')
    }
  }
})

test('a value that has no name stands for itself, and nobody is shown a key', () => {
  for (const language of LANGUAGES) {
    const words = (code: string, params: Record<string, string>) =>
      wordEvent({ code, params } as unknown as SystemEvent, inLanguage(language)) ?? ''
    expect(words('clock-met', { clock: 'no-such-clock' })).toContain('no-such-clock')
    expect(words('revised', { fields: 'title, no-such-field' })).not.toContain('fields.')
    for (const code of SystemEvent.shape.code.options)
      expect(words(code, {})).not.toMatch(/\b(?:level|stage|clock|role|status|fields|events)\./)
  }
})

test('the line of a series is drawn for the largest and the smallest numbers, and leaves out what is none', () => {
  const lines = [
    [
      [0, 1e308],
      [1, -1e308],
      [2, 1e308],
      [3, 5e-324],
    ],
    [
      [0, Number.NaN],
      [1, 2],
      [2, Number.POSITIVE_INFINITY],
      [3, 4],
    ],
    [
      [0, 5e-324],
      [1, 0],
    ],
  ] as const
  for (const points of lines) expect(JSON.stringify(sparkPoints(points as never, 120, 28))).not.toMatch(/NaN|Infinity|null/)
})
