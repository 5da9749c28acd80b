import type { Op } from '#domain/log/op.ts'
import { BEN, idOf, makeOp } from '#tests/support/log-texts.ts'

const WORDS = { text: '请拨打 400-1。{constructor}', action: '退款', owner: '客服' }
const PASSAGE = { at: 'core', start: 'AAAA', end: 'AAAA' }

/** What a published text promises, and how it ended: each op once. */
export function promiseSamples(wordingId: string, revisionId: string, dueAt: number): Op[] {
  const of = (type: string, body: Record<string, unknown>) => makeOp({ type, kind: 'promise', id: idOf(0xe3), body })
  return [
    of('promise.make', { wordingId, revisionId, blockId: 'a', ownerId: BEN, dueAt, ...WORDS }),
    of('promise.move', { from: dueAt, to: dueAt + 60_000, reason: '排队' }),
    of('promise.keep', { note: '' }),
    of('promise.break', { reason: '未办' }),
    of('promise.void', { reason: '记错' }),
  ]
}

/** A comment on a draft, from its first word to its end. */
export function draftNoteSamples(wordingId: string): Op[] {
  const of = (type: string, body: Record<string, unknown>) => makeOp({ type, kind: 'draft-note', id: idOf(0xe4), body })
  return [
    of('draft-note.add', { wordingId, passage: PASSAGE, quote: '停售', body: '写明批次', replacement: null }),
    makeOp({
      type: 'draft-note.add',
      version: 2,
      kind: 'draft-note',
      id: idOf(0xe5),
      body: { wordingId, passage: PASSAGE, quote: '停售', body: '写明批次', replacement: null, tell: [idOf(9)] },
    }),
    of('draft-note.answer', { body: '好' }),
    of('draft-note.close', { how: 'resolved' }),
  ]
}
