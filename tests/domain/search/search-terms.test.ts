import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { indexText, matchQuery } from '#domain/search/search-terms.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { seeded } from '#tests/support/seeded.ts'

/** The index as the replica keeps it, over these texts; `find` returns the positions of the texts that match. */
function openIndex(texts: readonly string[]) {
  const db = new Database(':memory:')
  onTestFinished(() => void db.close())
  REPLICA_SCHEMA.migrate(db, 0)
  const insert = db.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)')
  const match = db.prepare<[string], { rowid: number }>('SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid')
  db.transaction(() => texts.forEach((text, index) => insert.run(index + 1, indexText(text))))()
  return (typed: string): number[] => {
    const query = matchQuery(typed)
    return query === null ? [] : match.all(query).map(({ rowid }) => rowid - 1)
  }
}

// The oracle uses no pairs or tokens: it searches for runs of characters in runs of characters.
const isIdeograph = (character: string) => /[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u{20000}-\u{3ffff}]/u.test(character)
const isPictogram = (character: string) => /(?![©®™])[\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(character)
const isLetter = (character: string) => /[\p{L}\p{N}]/u.test(character)

/** Whether `word` begins a word in `run`: at its first character, or where digits follow letters. */
const beginsWith = (run: string, word: string): boolean =>
  Array.from(run).some(
    (character, at) => (at === 0 || (/\p{N}/u.test(character) && /\p{L}/u.test(run[at - 1] ?? ''))) && run.slice(at).startsWith(word),
  )

function runsOf(text: string): { text: string; ideographic: boolean }[] {
  const runs: { text: string; ideographic: boolean }[] = []
  let open = false
  for (const character of text.normalize('NFKC').toLowerCase()) {
    const ideographic = isIdeograph(character)
    const last = runs.at(-1)
    if (isPictogram(character)) {
      runs.push({ text: character, ideographic: true })
      open = false
    } else if (!ideographic && !isLetter(character)) open = false
    else if (open && last?.ideographic === ideographic) last.text += character
    else {
      runs.push({ text: character, ideographic })
      open = true
    }
  }
  return runs
}

function naiveFind(texts: readonly string[], typed: string): number[] {
  const wanted = runsOf(typed)
  if (wanted.length === 0) return []
  return texts.flatMap((text, index) => {
    const runs = runsOf(text)
    const found = wanted.every((word) =>
      runs.some(
        (run) =>
          run.ideographic === word.ideographic && (word.ideographic ? run.text.includes(word.text) : beginsWith(run.text, word.text)),
      ),
    )
    return found ? [index] : []
  })
}

test('two-character words are found exactly where they stand', () => {
  const texts = ['网红奶茶店出现食品安全问题', '奶粉与茶叶', '奶茶', '茶奶', '我爱喝奶 茶很好', '奶，茶', '牛奶茶饮']
  const find = openIndex(texts)
  expect(find('奶茶')).toEqual([0, 2, 6])
  expect(find('食品')).toEqual([0])
  expect(find('品安')).toEqual([0])
  expect(find('茶店')).toEqual([0])
  expect(find('食安')).toEqual([])
})

test.for([
  ['一个字', '茶', [0, 1]],
  ['the last character of a text', '门', [1]],
  ['several words, all of which must occur', '茶颜 道歉', [0]],
  ['Latin words as a beginning', 'hm', [2]],
  ['Latin in any case and width', 'ＢＣＩ', [2]],
  ['a number', '2021', [3]],
  ['a mixed word', 'bci组织', [2]],
  ['a character beyond the first plane', '𰻞𰻞', [4]],
  ['kana', 'ラーメン', [4]],
  ['words of a query language', 'NOT OR', []],
  ['quotes and stars', '"*', []],
  ['a column filter', 'text:茶', []],
  ['a pictogram', '🔥', [5]],
  ['the part of a model from its digits on', '500F', [5]],
  ['a model in full width', 'ＫＪ５００Ｆ', [5]],
] as const)('%s: %s', ([, typed, expected]) => {
  const find = openIndex([
    '茶颜悦色道歉',
    '深圳茶颜悦色排队三小时进门',
    'HM商品下架，安踏退出BCI组织',
    '2021年3月24日',
    '西安𰻞𰻞面与ラーメン',
    'KJ500F-Pro 起火🔥🔥',
  ])
  expect(find(typed)).toEqual(expected)
})

test.for(['', ' ', '，。！', '***', '"'])('%j asks for nothing', (typed) => {
  expect(matchQuery(typed)).toBeNull()
})

test('property: found is exactly what a naive look at the characters finds, over mixes of Chinese, Latin, digits and signs', () => {
  const character = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...'奶茶店食品安全道歉声明') },
    { weight: 3, arbitrary: fc.constantFrom(...'abcHM') },
    { weight: 2, arbitrary: fc.constantFrom(...'012') },
    { weight: 2, arbitrary: fc.constantFrom(' ', '，', '。', '-', '"', '*', "'", '(', ':', '\n', '🙂') },
    { weight: 1, arbitrary: fc.constantFrom('Ａ', '１', 'ー', 'ラ', '한', '𠮷', '𰻞', 'é', 'ß', '々') },
  )
  const text = (maxLength: number, minLength = 0) => fc.array(character, { minLength, maxLength }).map((characters) => characters.join(''))
  fc.assert(
    fc.property(
      fc.array(text(30), { minLength: 1, maxLength: 8 }),
      fc.array(text(5, 1), { minLength: 1, maxLength: 8 }),
      (texts, queries) => {
        const find = openIndex(texts)
        for (const query of queries) expect([query, find(query)]).toEqual([query, naiveFind(texts, query)])
      },
    ),
    seeded(250),
  )
})

test('property: any two neighbouring ideographs of a text find it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 2, maxLength: 40 }), (codes) => {
      const characters = codes.map((code) => String.fromCodePoint(code).normalize('NFKC'))
      const find = openIndex([characters.join('')])
      for (let at = 0; at + 1 < characters.length; at++) expect(find(`${characters[at]}${characters[at + 1]}`)).toEqual([0])
    }),
    seeded(40),
  )
})

test('property: nothing that can be typed makes a query that SQLite refuses', () => {
  const find = openIndex(['文字 text'])
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
      expect(Array.isArray(find(typed))).toBe(true)
    }),
    seeded(400),
  )
})
