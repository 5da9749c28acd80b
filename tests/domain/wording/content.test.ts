import fc from 'fast-check'
import { toBase64 } from 'lib0/buffer'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { authorsOfNext, readEach } from '#domain/wording/authors.ts'
import { WordingChecks } from '#domain/rules/wording-checks.ts'
import { findingsOf, openFindings, othersOf } from '#domain/wording/content-checks.ts'
import { CONTENT_LIMITS, contentHash, EMPTY_CONTENT, WordingContent } from '#domain/wording/content.ts'
import { MAX_EDIT, openDraft, packUpdates } from '#domain/wording/draft-document.ts'
import { fillIn, missingValues } from '#domain/wording/values.ts'
import type { RevisionState, WordingState } from '#domain/wording/wording.ts'
import { seeded } from '#tests/support/seeded.ts'

const block = (id: string, text: string, kind: 'text' | 'step' = 'text') => ({ id, kind, text, action: '', owner: '', deadline: '' })
const WORDS: WordingContent = {
  ...EMPTY_CONTENT,
  title: '停售',
  core: '我们已停售。',
  blocks: [block('a', '请拨打 {hotline}。'), block('b', '第二段')],
}

/** The same value with the keys of every object in reverse. */
const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toReversed()
            .map(([key, one]) => [key, reversed(one)]),
        )
      : value

test('MS-15: the hash does not depend on the order of keys, and differs after any change of a text or of an order', () => {
  expect(contentHash(WordingContent.parse(reversed(WORDS)))).toBe(contentHash(WORDS))
  expect(contentHash({ ...WORDS, blocks: WORDS.blocks.toReversed() })).not.toBe(contentHash(WORDS))
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (core, other) => {
      expect(contentHash({ ...WORDS, core }) === contentHash({ ...WORDS, core: other })).toBe(core === other)
      if (core !== '') expect(contentHash({ ...WORDS, title: core, core: '' })).not.toBe(contentHash({ ...WORDS, title: '', core }))
    }),
    seeded(300),
  )
})

test('a text has limits in all, and its parts have ids of their own', () => {
  const fits = (content: WordingContent) => WordingContent.safeParse(content).success
  const full = Array.from({ length: CONTENT_LIMITS.sum / CONTENT_LIMITS.block }, (_, index) =>
    block(`b${index}`, '字'.repeat(CONTENT_LIMITS.block)),
  )
  expect(fits({ ...EMPTY_CONTENT, blocks: full })).toBe(true)
  expect(fits({ ...EMPTY_CONTENT, title: '一', blocks: full })).toBe(false)
  expect(fits({ ...WORDS, blocks: [block('a', ''), block('a', '')] })).toBe(false)
})

test('TK-05: variables without a value stay for the agent in what is spoken, and stop what is published as it is', () => {
  const content = { ...WORDS, core: '{owner} 在 {deadline} 前回电。{constructor}' }
  expect(missingValues(content, { hotline: '400' }, 'script')).toEqual(['constructor'])
  expect(missingValues(content, { hotline: '400', constructor: '建' }, 'handover')).toEqual([])
  expect(missingValues(content, { hotline: '400' }, 'statement')).toEqual(['owner', 'deadline', 'constructor'])
  expect(fillIn('{hotline}，{toString}，{constructor}，{link}', { hotline: '{link}' })).toBe('{link}，{toString}，{constructor}，{link}')
})

test('LI-03: what the checks bar keeps a text from being submitted, unless a reason is given; customers and instructions may say it', () => {
  const phone = '请联系 13800138000。'
  const [found] = openFindings({ content: { ...WORDS, core: phone }, overruled: [] }, 'zh-Hans')
  expect(found).toMatchObject({ at: 'core', severity: 'block' })
  const overruled = [{ ruleId: found?.ruleId ?? '', excerpt: found?.excerpt ?? '', reason: '公开的号码' }]
  expect(openFindings({ content: { ...WORDS, core: phone }, overruled }, 'zh-Hans')).toEqual([])
  const exempt = { ...WORDS, blocks: [block('s', phone, 'step')], objections: [{ id: 'o', ask: phone, answer: '' }] }
  expect(openFindings({ content: exempt, overruled: [] }, 'zh-Hans')).toEqual([])
  expect(
    openFindings({ content: { ...exempt, objections: [{ id: 'o', ask: '', answer: phone }] }, overruled: [] }, 'zh-Hans'),
  ).toHaveLength(1)
})

test('a team switches shipped rules off with a reason and adds its own terms', () => {
  const phone = '请联系 13800138000，我们的网红产品已停售。'
  const content = { ...WORDS, core: phone }
  const [found] = openFindings({ content, overruled: [] }, 'zh-Hans')
  const term = { id: 'wanghong', language: 'zh-Hans', term: '网红产品', kind: 'absolute', severity: 'block' } as const
  const checks = WordingChecks.parse({
    off: [{ ruleId: found?.ruleId, reason: '号码都是公司的' }],
    terms: [{ ...term, message: '不用「网红」', suggestion: '写产品名' }],
  })
  expect(openFindings({ content, overruled: [] }, 'zh-Hans', checks)).toMatchObject([
    { ruleId: 'team-wanghong', at: 'core', excerpt: '网红产品', message: { 'zh-Hans': '不用「网红」' } },
  ])
  expect(openFindings({ content, overruled: [] }, 'en', { ...checks, off: [] }).some(({ ruleId }) => ruleId.startsWith('team-'))).toBe(
    false,
  )
  // The rules of one team do not stay for the next check.
  expect(openFindings({ content, overruled: [] }, 'zh-Hans').map(({ ruleId }) => ruleId)).toEqual([found?.ruleId])
  expect(WordingChecks.safeParse({ off: [], terms: [{ ...term, term: '[a|b]', message: 'x', suggestion: '' }] }).success).toBe(false)
  expect(WordingChecks.safeParse({ off: [], terms: [{ ...term, term: '……', message: 'x', suggestion: '' }] }).success).toBe(false)
})

test('MS-15: an old text that comes back word for word brings its authors with it', () => {
  const old = { contributors: ['ann'], hash: 'old', review: null, decisions: [] } as unknown as RevisionState
  const policy = { roles: ['pr'], inOrder: false, dueMinutes: 1 }
  const approved = {
    ...old,
    contributors: ['ben'],
    review: { policy },
    decisions: [{ as: 'pr', verdict: 'approve' }],
  } as unknown as RevisionState
  const wording = {
    revisions: [
      { id: '1', hash: 'old' },
      { id: '2', hash: 'new' },
    ],
  } as unknown as WordingState
  const authors = (hash: string) =>
    authorsOfNext(
      wording,
      undefined,
      readEach((id) => (id === '1' ? old : approved)),
      { base: '2', hash },
      null,
    ).open
  expect(authors('other')).toEqual([])
  expect(authors('old')).toEqual(['ann'])
})

test('a reader that loads on demand learns of all revisions at once', () => {
  const asked: string[] = []
  const read = readEach((id) => {
    asked.push(id)
    throw new Error('not loaded')
  })
  expect(() => read(['1', '2', '3'])).toThrow('not loaded')
  expect(asked).toEqual(['1', '2', '3'])
})

test('updates are joined into as few edits as fit, in order, and nothing is lost', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void updates.push(update))
  for (let made = 0; made < 60; made += 1) doc.getText('core').insert(0, '字'.repeat(700))
  const edits = packUpdates(updates)
  expect(edits.length).toBeLessThan(5)
  expect(edits.every((edit) => edit.length <= MAX_EDIT)).toBe(true)
  const joined = openDraft(toBase64(Y.mergeUpdates(edits.map((edit) => Uint8Array.from(Buffer.from(edit, 'base64'))))))
  expect(joined.getText('core').toString()).toBe(doc.getText('core').toString())
  expect(packUpdates([])).toEqual([])
})

test('CS-08: a text is checked against the other texts in use; what customers say in them is not compared', () => {
  const content = {
    ...EMPTY_CONTENT,
    title: '退款',
    blocks: [{ id: 'a', kind: 'text' as const, text: '退款将在7个工作日内到账。', action: '', owner: '', deadline: '' }],
  }
  const other = (ask: string, answer: string) =>
    othersOf([{ id: 'o', content: { ...EMPTY_CONTENT, title: '热线', objections: [{ id: 'b', ask, answer }] } }])
  const found = (others: ReturnType<typeof othersOf>) =>
    findingsOf(content, 'zh-Hans', {}, undefined, others).flatMap(({ at, other: place }) =>
      place ? [[at, place.messageId, place.title, place.excerpt]] : [],
    )
  expect(found(other('为什么？', '退款在3个工作日内到账。'))).toEqual([['blocks.a.text', 'o', '热线', '3个工作日']])
  expect(found(other('退款在3个工作日内到账？', '是的。'))).toEqual([])
})
