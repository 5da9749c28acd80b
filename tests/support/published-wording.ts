import { contentHash, EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import type { Delivery } from '#domain/wording/delivery.ts'
import { TWO_AT_NIGHT } from './fake-clock.ts'
import { ANN, BEN, idOf, INCIDENT, opText } from './log-texts.ts'

export const WORDING_ID = idOf(0x700)
export const REVISION_ID = idOf(0x701)
export const PROMISE_ID = idOf(0x702)
export const PROMISING: WordingContent = {
  ...EMPTY_CONTENT,
  title: '退款',
  core: '我们今天退款。',
  blocks: [
    {
      id: 'a',
      kind: 'commitment',
      text: '今天 15:00 前致电 {hotline} 的都办理退款。',
      action: '退款',
      owner: '客服',
      deadline: '今天 15:00',
    },
    { id: 'b', kind: 'text', text: '其余说明。', action: '', owner: '', deadline: '' },
  ],
}

/** The ops of a text and of its first revision; `asked`: who is asked to approve it, as PR and legal. */
export function writtenTexts(asked: readonly string[] = []): string[] {
  const hash = contentHash(PROMISING)
  const { title, core } = PROMISING
  const place = { kind: 'statement', statement: 'first', scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' }
  const revision = { wordingId: WORDING_ID, number: 1, content: PROMISING, base: null, contributors: [], note: '', overruled: [] }
  const policy = { roles: ['pr', 'legal'], inOrder: false, dueMinutes: 30 }
  return [
    opText({ type: 'wording.create', kind: 'wording', id: WORDING_ID, body: { place, title, core, origin: null } }),
    opText({ type: 'revision.write', kind: 'revision', id: REVISION_ID, body: revision }),
    opText({
      type: 'wording.add-revision',
      kind: 'wording',
      id: WORDING_ID,
      body: { revisionId: REVISION_ID, number: 1, hash, title, core },
    }),
    opText({ type: 'wording-values.set', kind: 'wording-values', id: INCIDENT, body: { values: { hotline: '400-1' } } }),
    opText({ type: 'revision.ask', kind: 'revision', id: REVISION_ID, body: { hash, policy, asked } }),
  ]
}

/** An approval of the first revision. */
export function approveText(as: 'pr' | 'legal'): string {
  const body = { hash: contentHash(PROMISING), verdict: 'approve', as, comparedWith: null, note: '', comments: [], tell: [ANN] }
  return opText({ type: 'revision.decide', kind: 'revision', id: REVISION_ID, body })
}

/** Publishes the first revision. `until`: milliseconds since 1970. */
export function publishText(until: number | null = null): string {
  const body = { revisionId: REVISION_ID, number: 1, hash: contentHash(PROMISING), from: TWO_AT_NIGHT, until, summary: '' }
  return opText({
    type: 'wording.publish',
    kind: 'wording',
    id: WORDING_ID,
    body: { ...body, values: { hotline: '400-1' }, emergency: null },
  })
}

/** Publishes the first revision to agents. */
export function publishToText(delivery: Delivery | Readonly<Record<keyof Delivery, unknown>>): string {
  const body = { revisionId: REVISION_ID, number: 1, hash: contentHash(PROMISING), from: TWO_AT_NIGHT, until: null, summary: '' }
  return opText({
    type: 'wording.publish',
    version: 2,
    kind: 'wording',
    id: WORDING_ID,
    body: { ...body, values: { hotline: '400-1' }, emergency: null, delivery },
  })
}

/** The promise of the commitment, seen to by 本. */
export function promiseText(dueAt: number, ownerId: string | null = BEN): string {
  const words = { text: '今天 15:00 前致电 400-1 的都办理退款。', action: '退款', owner: '客服' }
  return opText({
    type: 'promise.make',
    kind: 'promise',
    id: PROMISE_ID,
    body: { wordingId: WORDING_ID, revisionId: REVISION_ID, blockId: 'a', ...words, ownerId, dueAt },
  })
}

export const onPromise = (type: string, body: Record<string, unknown>) =>
  opText({ type: `promise.${type}`, kind: 'promise', id: PROMISE_ID, body })
