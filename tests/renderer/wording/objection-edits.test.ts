import { expect, test } from 'vitest'
import { CONTENT_LIMITS, EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import { applyEdit, openDraft, readDraft, seedDraft } from '#domain/wording/draft-document.ts'
import { hasObjection, objectionEdits } from '../../../src/renderer/features/wording/feedback/objection-edits.ts'
import { ANN } from '#tests/support/log-texts.ts'

const IDS = { part: 'from-agents', client: 77 }
const WORDS: WordingContent = { ...EMPTY_CONTENT, title: '退款', objections: [{ id: 'a', ask: '要多久？', answer: '三天。' }] }

test('a customer’s objection becomes one of the draft, to be answered, once', () => {
  const seed = seedDraft(WORDS)
  const edits = objectionEdits(seed, '为什么不换新的', IDS)
  if (edits === null || edits === 'full') throw new Error('no edits')
  expect(edits).toHaveLength(1)
  // The hub judges the edit as any other.
  const applied = applyEdit({ doc: seed, clients: {} }, edits[0] ?? '', ANN)
  if (!applied.ok) throw new Error(applied.problem)
  const read = readDraft(openDraft(applied.doc))
  expect(read.ok && read.content).toEqual({
    ...WORDS,
    objections: [...WORDS.objections, { id: 'from-agents', ask: '为什么不换新的', answer: '' }],
  })
  expect([hasObjection(seed, '为什么不换新的'), hasObjection(applied.doc, ' 为什么不换新的 ')]).toEqual([false, true])
  expect(objectionEdits(applied.doc, '为什么不换新的', IDS)).toBeNull()
})

test('a draft that is full takes no more', () => {
  const objections = Array.from({ length: CONTENT_LIMITS.objections }, (_, index) => ({ id: `o${index}`, ask: `${index}`, answer: '' }))
  expect(objectionEdits(seedDraft({ ...WORDS, objections }), '新的', IDS)).toBe('full')
})
