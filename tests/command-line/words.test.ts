import { FailureCode } from '#contract/failures.ts'
import { expect, test } from 'vitest'
import { EXIT_MEANINGS, exitCodeOf, isOwnFailure, type CommandFailure } from '../../src/command-line/exit-codes.ts'
import { loadWords } from '../../src/command-line/words.ts'
import english from '../../resources/locales/en/command-line.json' with { type: 'json' }
import chinese from '../../resources/locales/zh-Hans/command-line.json' with { type: 'json' }

test('every failure of the contract and of the command line has a sentence and an exit code, in both languages', async () => {
  const own = Object.keys(chinese.failures).filter((code) => isOwnFailure(code))
  expect(own.length).toBeGreaterThan(15)
  const codes = [...FailureCode.options, ...own] as CommandFailure['code'][]
  for (const [language, letters] of [
    ['zh-Hans', /[\u4e00-\u9fff]/],
    ['en', /[a-z]{2}/],
  ] as const) {
    const words = await loadWords(language)
    for (const code of codes) {
      const sentence = words.failure({ code, params: { detail: '请 this' } })
      expect(sentence, code).toMatch(letters)
      expect(sentence, code).not.toBe(code)
      expect(sentence, code).not.toMatch(/^failures\./)
      expect(exitCodeOf({ code, params: {} }), code).toBeGreaterThan(0)
    }
    for (const { name } of EXIT_MEANINGS) expect(words.t(`exits.${name}`)).not.toBe(`exits.${name}`)
  }
})

test('sizes of files are told in megabytes, rows and files by the sentences of the app', async () => {
  const words = await loadWords('en')
  expect(words.failure({ code: 'file-too-large', params: { size: 300 * 1024 * 1024, limit: 200 * 1024 * 1024 } })).toMatch(
    /300\.0 MB.*200\.0 MB/,
  )
  expect(words.failure({ code: 'table-unreadable', params: { code: 'quote-not-closed', line: 7 } })).toMatch(/7/)
  expect(words.tableProblem('not-a-date', { text: 'yesterday' })).toContain('yesterday')
  expect(words.tableProblem('a-code-of-tomorrow', { text: 'x' })).toBe('a-code-of-tomorrow x')
})

test('both languages name the same values in the same sentences', () => {
  const placeholders = (value: unknown, path: string): string[] =>
    typeof value === 'string'
      ? [...value.matchAll(/\{\{(\w+)\}\}/g)].map((match) => `${path}:${match[1] ?? ''}`)
      : Object.entries(value as object).flatMap(([key, inner]) => placeholders(inner, `${path}.${key}`))
  expect(placeholders(english, '').toSorted()).toEqual(placeholders(chinese, '').toSorted())
})
