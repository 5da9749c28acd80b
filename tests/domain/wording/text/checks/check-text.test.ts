import fc from 'fast-check'
import { checkText } from '#domain/wording/text/checks/check-text.ts'
import { findingMessage, MOST_FINDINGS } from '#domain/wording/text/checks/finding.ts'
import { prepareRules } from '#domain/wording/text/checks/prepare-rules.ts'
import { WordingRule, type WordingLocale } from '#domain/wording/text/checks/rule.ts'
import { DEFAULT_RULES } from '#domain/wording/text/checks/shipped/default-rules.ts'
import { compileTerm } from '#domain/wording/text/checks/term-pattern.ts'
import { expect, test } from 'vitest'
import { CHINESE, checkChinese, ENGLISH, found, teamRule } from './check.ts'

const places = (text: string, rule: WordingRule, locale: WordingLocale = 'zh-Hans') =>
  checkText({ text, rules: prepareRules([rule], locale) }).map(({ start, end }) => text.slice(start, end))

test.each(['最佳', '最 佳', '最·佳', '最　佳', '最\u200b佳', '最“佳”', '最*-佳', '【最】佳'])(
  'MS-03: signs between the characters hide no term, and the place is that of the original: %s',
  (text) => {
    const [place = ''] = places(`产品${text}。`, teamRule(['最佳']))
    expect(`产品${text}。`).toContain(place)
    expect(place.startsWith('最')).toBe(true)
    expect(place.endsWith('佳')).toBe(true)
  },
)

test.each(['最。佳', '最，佳', '最\n佳', '最{brand}佳'])('a term does not cross clauses: %j', (text) => {
  expect(places(text, teamRule(['最佳']))).toEqual([])
})

test('words match whole, in any width and case', () => {
  expect(places('Soon, soo n, sooner, ｓｏｏｎ, so-on, mansoon', teamRule(['soon']), 'en')).toEqual(['Soon', 'ｓｏｏｎ'])
  expect(places('full  refund, full-refund, fullrefund, full\nrefunds', teamRule(['full refund']), 'en')).toEqual(
    ['full  refund', 'full-refund', 'full\nrefund'].slice(0, 2),
  )
  expect(places('100%，1100%，100.5%，1 0 0 %', teamRule(['100%']))).toEqual(['100%', '1 0 0 %'])
})

test('alternatives, optional words and distance', () => {
  const rule = teamRule(['[一定|必定]会[给您|]赔', '承诺…退款'])
  expect(places('一定会赔，必定会给您赔，可能会赔', rule)).toEqual(['一定会赔', '必定会给您赔'])
  expect(places('承诺七天内退款。承诺一二三四五六七八九退款。承诺，退款', rule)).toEqual(['承诺七天内退款'])
})

test.each(['', '[一', '一]', '[一]', '[a|[b]]', '…', '。', '保。证', '[a|b]'.repeat(9), '一…二…三…四…五'])(
  'a term outside the pattern language is refused: %j',
  (term) => {
    expect(compileTerm(term)).toBeNull()
    expect(WordingRule.safeParse(teamRule([term])).success).toBe(false)
  },
)

test('a term within an exception is allowed, beside it not', () => {
  const rule = teamRule(['最'], { exceptions: ['最近', '最[多|少]'] })
  expect(places('最近最多最好，最 近', rule)).toEqual(['最'])
  expect(checkText({ text: '最近最多最好', rules: prepareRules([rule], 'zh-Hans') })[0]?.start).toBe(4)
})

test('a rule that is off, for another language or audience finds nothing', () => {
  expect(places('保证', teamRule(['保证'], { on: false }))).toEqual([])
  expect(places('保证', teamRule(['保证'], { locales: ['en'] }))).toEqual([])
  const silver = prepareRules([teamRule(['保证'], { audience: 'silver' })], 'zh-Hans')
  expect(checkText({ text: '保证', rules: silver })).toEqual([])
  expect(checkText({ text: '保证', rules: silver, audience: 'silver' })).toHaveLength(1)
})

test('TK-05: a deadline in the sentence, also by a variable, makes a promise dated', () => {
  const undated = (text: string) => checkChinese(text).filter(({ kind }) => kind === 'deadline').length
  expect(undated('我们会给您回电。')).toBe(1)
  expect(undated('最迟今天下午3点前，我们会给您回电。')).toBe(0)
  expect(undated('我们会在{deadline}前给您回电。')).toBe(0)
  expect(undated('现在是3点。我们会给您回电。')).toBe(1)
})

test('MS-03: variables without value, unknown or malformed', () => {
  const variables = { names: ['hotline', 'owner'], values: { hotline: '400-820-8820', owner: '' } }
  const findings = checkChinese('拨打{hotline}找{owner}，{shop}，{ owner}。', { variables })
  expect(findings.map(({ params }) => [params['problem'], params['term']])).toEqual([
    ['missing', 'owner'],
    ['unknown', 'shop'],
    ['malformed', '{ owner}'],
  ])
  expect(checkChinese('拨打{hotline}找{owner}。')).toEqual([])
})

test('LI-03: personal data is found and never repeated in the finding', () => {
  const findings = checkChinese('身份证110101199003071233、手机13812345678、卡号6222020200112233445、热线400-820-8820')
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(['personal-data', 'personal-data', 'personal-data'])
  expect(JSON.stringify(findings)).not.toMatch(/13812345678|199003071233/u)
})

test('LI-03: a number that the team publishes as a variable may be written out', () => {
  const variables = { names: ['hotline'], values: { hotline: '010 6234 5678' } }
  expect(checkChinese('请拨打010-62345678。', { variables })).toEqual([])
  expect(found(checkChinese('请拨打010-62345679。', { variables }))).toEqual(['personal-data: ****5679'])
})

test('TK-03: the third sentence that begins alike is found, over all blocks', () => {
  const findings = checkChinese(['关于滤网，已停售。关于退款，已开通。', '1. 关于换货，门店可办。'])
  expect(found(findings)).toEqual(['same-openings: 关于换'].slice(1))
  const same = checkChinese(['我们已停售滤网。我们已开通退款。', '1. 我们已通知门店。'])
  expect(same).toMatchObject([{ ruleId: 'same-openings', block: 1, start: 3, end: 6, params: { term: '我们已', count: 3 } }])
})

test('of overlapping findings of one kind the most severe stays, then the longest', () => {
  const rules = prepareRules(
    [
      teamRule(['全额赔偿'], { id: 'a', severity: 'block' }),
      teamRule(['承诺全额赔偿'], { id: 'b' }),
      teamRule(['额赔'], { id: 'c', kind: 'blame' }),
    ],
    'zh-Hans',
  )
  expect(found(checkText({ text: '承诺全额赔偿', rules }))).toEqual(['a: 全额赔偿', 'c: 额赔'])
})

test('MS-03: a finding says in both languages what is wrong, and never repeats a variable as one of its own', () => {
  const [finding] = checkChinese('我保证退款{title}。')
  if (!finding) throw new Error('nothing found')
  expect(findingMessage(finding, 'zh-Hans')).toBe('「保证」对结果作了绝对承诺')
  expect(findingMessage(finding, 'en')).toBe('“保证” promises a result for certain')
  const [unknown] = checkChinese('拨打{title}。')
  expect(unknown && findingMessage({ ...unknown, params: { term: '{count}', count: 3 } }, 'en')).toBe(
    'The variable “{count}” is malformed, unknown or without a value',
  )
})

test('every placeholder of the shipped messages is a parameter that its rule gives', () => {
  const given: Record<string, string[]> = {
    terms: ['term'],
    openings: ['term', 'count'],
    personal: ['form'],
    variables: ['term', 'problem'],
    'sentence-length': ['length', 'most'],
    nesting: ['clauses', 'dependent'],
    contradictions: ['term', 'there', 'title', 'fact'],
  }
  for (const { id, check, message } of DEFAULT_RULES) {
    const named = Object.values(message).flatMap((words) => Array.from(words.matchAll(/\{(\w+)\}/gu), ([, name]) => name))
    expect(
      named.filter((name) => !given[check]?.includes(name ?? '')),
      id,
    ).toEqual([])
  }
})

test('findings are bounded, and the most severe are kept', () => {
  const rules = prepareRules([teamRule(['好'], { severity: 'hint' }), teamRule(['坏'], { id: 'bad', severity: 'block' })], 'zh-Hans')
  const findings = checkText({ text: `${'好。'.repeat(5000)}坏`, rules })
  expect(findings).toHaveLength(MOST_FINDINGS)
  expect(findings.at(-1)?.ruleId).toBe('bad')
})

const HOSTILE = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '最',
        '佳',
        '保证',
        '我们会',
        '{',
        '}',
        '13812345678',
        '\ud800',
        '\udc00',
        '。',
        '\n',
        '三天',
        '100%',
        '𠮷',
        '😀',
        '\u200b',
        '／',
        'soon',
      ),
      fc.string(),
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''))

test('any text has findings inside it, in order, the same every time', () => {
  fc.assert(
    fc.property(fc.array(HOSTILE, { maxLength: 3 }), fc.constantFrom(CHINESE, ENGLISH), (text, rules) => {
      const findings = checkText({ text, rules, audience: 'silver' })
      expect(checkText({ text, rules, audience: 'silver' })).toEqual(findings)
      for (const [index, { block, start, end }] of findings.entries()) {
        expect(start).toBeLessThan(end)
        expect(end).toBeLessThanOrEqual(text[block]?.length ?? 0)
        const before = findings[index - 1]
        if (before) expect(before.block < block || before.start <= start).toBe(true)
      }
    }),
  )
})

test.each([
  '最',
  '我们会',
  '{',
  '}',
  '1',
  '1,',
  '13812345678',
  '的',
  '\ud800',
  'a.',
  '路1号',
  '保证…',
  '承担您的',
  '是您',
  'we will ',
  '。',
  '12:3',
])('MS-03: 200,000 characters of %j are checked to their end', (piece) => {
  const text = piece.repeat(Math.ceil(200_000 / piece.length))
  for (const rules of [CHINESE, ENGLISH]) {
    const findings = checkText({ text, rules, audience: 'silver' })
    expect(findings.length).toBeLessThanOrEqual(MOST_FINDINGS)
  }
})
