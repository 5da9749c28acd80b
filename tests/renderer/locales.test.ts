import { FailureCode } from '#contract/failures.ts'
import { expect, test } from 'vitest'
import { namespacesOf, placeholdersOf, readEntries, readSources } from './locale-files.ts'
import { CLOSED_LISTS } from './locale-lists.ts'
import { usesIn, type Use } from './locale-uses.ts'

// Demand: 简体中文 and English complete (a test fails on a missing or unused key).

const LANGUAGES = ['zh-Hans', 'en'] as const
const NAMESPACES = namespacesOf('zh-Hans')
/** Namespaces of the command line, the desktop shell, the launch page and the hub's pages, which look up texts in their own ways. */
const OUTSIDE = ['command-line', 'desktop', 'launch', 'hub-auth', 'approval-evidence', 'approve']
const HAN = '\\u4e00-\\u9fff'

const sources = [...readSources('renderer'), ...readSources('web')]
/** Code outside the renderer that puts the screens' texts into files and search results. */
const elsewhere = [
  ...readSources('domain/timeline', /event-words\.ts$/),
  ...readSources('replica/exports'),
  ...readSources('replica/services', /(?:export|import)-service\.ts$|personal-service\.ts$/),
]
/** The page for phones has one namespace, which its code does not name. */
const PHONE_PAGE = 'web/approve'
const uses: Use[] = [...sources, ...elsewhere]
  .filter(({ path }) => !path.startsWith(`src/${PHONE_PAGE}/`))
  .flatMap(({ path, text }) => usesIn(path, text))

function isUsed(namespace: string, key: string): boolean {
  return uses.some((use) => use.namespace === namespace && expand(use).includes(key)) || usedOutside(namespace, key)
}

function expand({ namespace, key }: Use): string[] {
  if (!key.includes('*')) return [key]
  return (CLOSED_LISTS[`${namespace}:${key}`] ?? []).map((member) => key.replace(/\*.*\*|\*/, member))
}

const outside = ['command-line', 'desktop', 'browser', 'hub/oidc', 'hub/approvals', PHONE_PAGE]
  .flatMap((part) => readSources(part))
  .map(({ text }) => text)

function usedOutside(namespace: string, key: string): boolean {
  if (!OUTSIDE.includes(namespace)) return false
  const last = key.split('.').at(-1) ?? key
  const group = key.slice(0, key.length - last.length)
  const named = new RegExp(`\\.${last}\\b`)
  return outside.some(
    (text) =>
      text.includes(`'${key}'`) ||
      (group !== '' && (text.includes('`' + group) || text.includes(`words.${group.slice(0, -1)}[`))) ||
      (namespace !== 'command-line' && named.test(text)),
  )
}

test('both languages have the same namespaces', () => {
  expect(namespacesOf('en')).toEqual(NAMESPACES)
})

test.each(NAMESPACES)('%s: the same keys with the same placeholders in both languages, none empty', (namespace) => {
  const [chinese, english] = LANGUAGES.map((language) => readEntries(language, namespace))
  expect([...(english?.keys() ?? [])].toSorted()).toEqual([...(chinese?.keys() ?? [])].toSorted())
  for (const [key, texts] of chinese ?? []) {
    const others = english?.get(key) ?? []
    expect(placeholdersOf(others), `${namespace}:${key}`).toEqual(placeholdersOf(texts))
    expect(
      [...texts, ...others].filter((text) => text.trim() === ''),
      `${namespace}:${key}`,
    ).toEqual([])
  }
})

test('every key that the code asks for has its words', () => {
  const known = new Map(NAMESPACES.map((namespace) => [namespace, readEntries('zh-Hans', namespace)]))
  const unlisted = uses.filter((use) => use.key.includes('*') && CLOSED_LISTS[`${use.namespace}:${use.key}`] === undefined)
  expect(unlisted, 'keys put together from a list that locale-lists.ts does not name').toEqual([])
  const absent = uses.flatMap((use) =>
    expand(use)
      .filter((key) => !known.get(use.namespace)?.has(key))
      .map((key) => `${use.path} ${use.namespace}:${key}`),
  )
  expect(absent).toEqual([])
  expect(uses.length).toBeGreaterThan(150)
})

test('every key that the page for phones asks for has its words', () => {
  const known = readEntries('zh-Hans', 'approve')
  const keys = readSources(PHONE_PAGE).flatMap(({ text }) =>
    [...text.matchAll(/'([a-z][A-Za-z]*(?:\.[A-Za-z-]+)+)'/g)].map(([, key]) => key ?? ''),
  )
  const asked = keys.filter((key) => !key.startsWith('stormroom.'))
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.filter((key) => !known.has(key))).toEqual([])
})

test.each(NAMESPACES)('%s: no key is unused', (namespace) => {
  const unused = [...readEntries('zh-Hans', namespace).keys()].filter((key) => !isUsed(namespace, key))
  expect(unused).toEqual([])
})

test.each(LANGUAGES)('every failure has a sentence in %s', (language) => {
  const entries = readEntries(language, 'failures')
  const silent = FailureCode.options.filter((code) => !/[。.]$/.test(entries.get(code)?.[0] ?? ''))
  expect(silent).toEqual([])
})

test('Chinese words use Chinese punctuation, and a space beside Latin letters and digits', () => {
  const halfWidth = new RegExp(`[${HAN}][,;:!?]|[${HAN}]\\(|\\)[${HAN}]`)
  const crowded = new RegExp(`[${HAN}][A-Za-z0-9]|[A-Za-z0-9][${HAN}]`)
  const wrong = NAMESPACES.flatMap((namespace) =>
    [...readEntries('zh-Hans', namespace)].flatMap(([key, texts]) => {
      const plain = texts.map((text) => text.replaceAll(/\{\{.*?\}\}|<[^>]*>/g, ''))
      return plain.some((text) => halfWidth.test(text) || crowded.test(text)) ? [`${namespace}:${key} ${texts.join(' | ')}`] : []
    }),
  )
  expect(wrong).toEqual([])
})

test('no screen has words of its own in the code', () => {
  // Names of languages in their own language, and search keywords of commands, are the same in every language.
  const allowed = /OWN_NAMES|keywords:/
  // These parse typed times and durations in both languages; the last is a table of characters and how they are read.
  const readWhatIsTyped = [
    'src/renderer/ui/time/when-text.ts',
    'src/renderer/features/rules/limit-text.ts',
    'src/web/console/search/pinyin-readings.ts',
  ]
  const spoken = [...sources, ...elsewhere]
    .filter(({ path }) => !readWhatIsTyped.includes(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line) => (new RegExp(`[${HAN}]`).test(line) && !allowed.test(line) ? [`${path}: ${line.trim()}`] : [])),
    )
  expect(spoken).toEqual([])
})

test('nobody is shown the number of a demand: rules are told in words', () => {
  for (const language of LANGUAGES) {
    for (const namespace of NAMESPACES) {
      const numbered = [...readEntries(language, namespace)].filter(([, texts]) =>
        texts.some((text) => /\b(?:[A-Z]{2}-\d{2}|[A-Z]\d-\d{2}|00\d-\d{2})\b|\{\{source\}\}/.test(text)),
      )
      expect(numbered, `${language}/${namespace}`).toEqual([])
    }
  }
})
