import { contentHash, EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import type { Delivery } from '#domain/wording/delivery.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { policyFor } from '#domain/rules/approval-policy.ts'
import { valuesId } from '#domain/wording/wording-entity.ts'
import { TWO_AT_NIGHT } from './fake-clock.ts'
import { ANN, BEN, idOf, INCIDENT_SCOPE, opText } from './log-texts.ts'

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

/**
 * The ops of a text and of its first revision; `asked`: who is asked to approve it, as PR and legal. `scope`: its incident, or the
 * team's standing library.
 */
export function writtenTexts(asked: readonly string[] = [], scope: string = INCIDENT_SCOPE): string[] {
  const hash = contentHash(PROMISING)
  const { title, core } = PROMISING
  const place = { kind: 'statement', statement: 'first', scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' }
  const revision = { wordingId: WORDING_ID, number: 1, content: PROMISING, base: null, contributors: [], note: '', overruled: [] }
  const policy = policyFor(undefined, 'statement', scope === TEAM_SCOPE ? 0 : 1)
  return [
    opText({ type: 'wording.create', scope, kind: 'wording', id: WORDING_ID, body: { place, title, core, origin: null } }),
    opText({ type: 'revision.write', scope, kind: 'revision', id: REVISION_ID, body: revision }),
    opText({
      type: 'wording.add-revision',
      scope,
      kind: 'wording',
      id: WORDING_ID,
      body: { revisionId: REVISION_ID, number: 1, hash, title, core },
    }),
    opText({ type: 'wording-values.set', scope, kind: 'wording-values', id: valuesId(scope), body: { values: { hotline: '400-1' } } }),
    opText({ type: 'revision.ask', scope, kind: 'revision', id: REVISION_ID, body: { hash, policy, asked } }),
  ]
}

/** An approval of the first revision. */
export function approveText(as: 'pr' | 'legal', scope: string = INCIDENT_SCOPE): string {
  const body = { hash: contentHash(PROMISING), verdict: 'approve', as, comparedWith: null, note: '', comments: [], tell: [ANN] }
  return opText({ type: 'revision.decide', scope, kind: 'revision', id: REVISION_ID, body })
}

/** Publishes the first revision. `until`: milliseconds since 1970. */
export function publishText(until: number | null = null, scope: string = INCIDENT_SCOPE): string {
  const body = { revisionId: REVISION_ID, number: 1, hash: contentHash(PROMISING), from: TWO_AT_NIGHT, until, summary: '' }
  return opText({
    type: 'wording.publish',
    scope,
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
