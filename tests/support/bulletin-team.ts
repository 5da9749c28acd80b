import { BULLETIN, BULLETIN_PLAN } from '#domain/bulletins/bulletin-entity.ts'
import type { BulletinState } from '#domain/bulletins/bulletin.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope, privateScope } from '#domain/log/ids.ts'
import type { Op } from '#domain/log/op.ts'
import { contentHash, EMPTY_CONTENT } from '#domain/wording/content.ts'
import type { Delivery } from '#domain/wording/delivery.ts'
import type { Hub } from '#hub/open-hub.ts'
import { createTimers } from '#hub/timers/timers.ts'
import { expect } from 'vitest'
import { TWO_AT_NIGHT, type FakeClock } from './fake-clock.ts'
import { ANN, BEN, declareText, idOf, INCIDENT, joinText, opText, sha256 } from './log-texts.ts'

export const HEAD = idOf(0xc)
export const LEGAL = idOf(0xd)
const ROLES = { [BEN]: 'pr', [HEAD]: 'call-center', [LEGAL]: 'legal' } as const
const NAMES = { [BEN]: '本', [HEAD]: '何欢', [LEGAL]: '李律' } as const

/** The text and its revisions with this number have fixed ids. */
export const textId = (n: number) => idOf(0x700 + n * 16)
export const revisionIdOf = (n: number, number: number) => idOf(0x700 + n * 16 + number)

type Write = { kind?: string; core?: string; preparedFor?: string; title?: string }

const contentOf = (n: number, number: number, { core, title }: Write) => ({
  ...EMPTY_CONTENT,
  title: title ?? `话术${n}`,
  core: core ?? `第${number}版。`,
})

/** The ops that write revision `number` of text `n` and submit it. */
export function writeTexts(n: number, number = 1, given: Write = {}): string[] {
  const content = contentOf(n, number, given)
  const hash = contentHash(content)
  const { title, core } = content
  const { kind = 'script', preparedFor = '' } = given
  const [id, revisionId] = [textId(n), revisionIdOf(n, number)]
  const place = { kind, statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor }
  const base = number === 1 ? null : revisionIdOf(n, number - 1)
  const revision = { wordingId: id, number, content, base, contributors: [], note: '', overruled: [] }
  const policy = { roles: ['pr', 'legal'], inOrder: false, dueMinutes: 30 }
  return [
    ...(number === 1 ? [opText({ type: 'wording.create', kind: 'wording', id, body: { place, title, core, origin: null } })] : []),
    opText({ type: 'revision.write', kind: 'revision', id: revisionId, body: revision }),
    opText({ type: 'wording.add-revision', kind: 'wording', id, body: { revisionId, number, hash, title, core } }),
    opText({ type: 'revision.ask', kind: 'revision', id: revisionId, body: { hash, policy, asked: [] } }),
  ]
}

export function approveRevision(n: number, number: number, as: 'pr' | 'legal', given: Write = {}): string {
  const hash = contentHash(contentOf(n, number, given))
  const body = { hash, verdict: 'approve', as, comparedWith: null, note: '', comments: [], tell: [] }
  return opText({ type: 'revision.decide', kind: 'revision', id: revisionIdOf(n, number), body })
}

export function publishRevision(
  n: number,
  number: number,
  given: Write & { from?: number; until?: number; delivery?: Delivery } = {},
): string {
  const hash = contentHash(contentOf(n, number, given))
  const times = { from: given.from ?? TWO_AT_NIGHT, until: given.until ?? null }
  const body = { revisionId: revisionIdOf(n, number), number, hash, ...times, summary: '', values: {}, emergency: null }
  const { delivery } = given
  const versioned = delivery ? { version: 2, body: { ...body, delivery } } : { body }
  return opText({ type: 'wording.publish', kind: 'wording', id: textId(n), ...versioned })
}

export const withdrawRevision = (n: number, number: number, instead = '') =>
  opText({
    type: 'wording.withdraw',
    kind: 'wording',
    id: textId(n),
    body: { revisionId: revisionIdOf(n, number), reason: '有误', instead },
  })

export const planText = (act: string, body: Record<string, unknown> = {}) =>
  opText({ type: `bulletin-plan.${act}`, kind: 'bulletin-plan', id: INCIDENT, body })

/** A node of a team: 安 commands, 何欢 heads the call centre, 本 is in PR and 李律 in legal. */
export function bulletinNode(hub: Hub, clock: FakeClock) {
  const timers = createTimers(hub, { now: clock.now, sha256, onFired: () => undefined, onDelay: () => undefined })
  const submit = async (memberId: string, ...texts: string[]) => {
    const role = ROLES[memberId]
    const admission = role === undefined ? null : ({ kind: 'invited', role } as const)
    const { records } = await hub.log.submit(texts, { memberId, admission })
    expect(records.map(({ outcome }) => outcome)).toEqual(texts.map(() => ({ kind: 'accepted' })))
  }
  return {
    hub,
    timers,
    submit,
    /** The codes of refusals, null for accepted ops. */
    async refused(memberId: string, ...texts: string[]): Promise<(string | null)[]> {
      const { records } = await hub.log.submit(texts, { memberId, admission: null })
      return records.map(({ outcome }) => (outcome.kind === 'rejected' ? outcome.code : null))
    },
    /** 安's team and incident of level I, without clocks. */
    async begin(changes: Parameters<typeof declareText>[1] = {}) {
      await submit(ANN, joinText(ANN, '安', 'commander'))
      for (const id of [BEN, HEAD, LEGAL]) await submit(id, joinText(id, NAMES[id] ?? '', ROLES[id]))
      await submit(ANN, declareText(INCIDENT, { clocks: {}, ...changes }))
      await timers.fireDue()
    },
    /** Writes and approves a revision. */
    async approved(n: number, number = 1, given: Write = {}) {
      await submit(ANN, ...writeTexts(n, number, given))
      await submit(BEN, approveRevision(n, number, 'pr', given))
      await submit(LEGAL, approveRevision(n, number, 'legal', given))
    },
    async plan() {
      return BULLETIN_PLAN.as(await hub.log.readEntity(BULLETIN_PLAN.kind, INCIDENT))?.state
    },
    /** In the order of their numbers. */
    async bulletins(): Promise<(BulletinState & { id: string })[]> {
      const rows = await hub.database.kysely.selectFrom('entity').select('id').where('kind', '=', 'bulletin').execute()
      const found = await Promise.all(rows.map(({ id }) => hub.log.readEntity('bulletin', id)))
      return found
        .flatMap((entity: Entity | undefined) => BULLETIN.as(entity) ?? [])
        .map(({ id, state }) => ({ id, ...state }))
        .toSorted((a, b) => a.number - b.number)
    },
    async opsIn(scope: string): Promise<{ op: Op; actor: string }[]> {
      const records = await hub.log.readAfter(ANN, scope, 0, 1000)
      return records.flatMap(({ bytes, actor, outcome }) => (outcome.kind === 'accepted' ? [{ op: JSON.parse(bytes) as Op, actor }] : []))
    },
    async told(memberId: string): Promise<string[]> {
      const records = await hub.log.readAfter(memberId, privateScope(memberId), 0, 1000)
      return records.flatMap(({ bytes }) => {
        const { type, body } = JSON.parse(bytes) as Op
        const rule = String(body['rule'])
        return type === 'notice.made' && rule.startsWith('bulletin-') ? [rule] : []
      })
    },
  }
}

export type BulletinNode = ReturnType<typeof bulletinNode>

/** Number, minutes from the start to the slot, mark, and the changes of each bulletin. */
export const inShort = (bulletins: readonly BulletinState[]) =>
  bulletins.map(({ number, slot, mark, items }) => [
    number,
    slot === null ? null : (slot - TWO_AT_NIGHT) / 60_000,
    mark,
    items.map(({ title, number: revision, change, pushed }) => `${title}/${revision} ${change}${pushed ? ' pushed' : ''}`).join(', '),
  ])

export const SCOPE = incidentScope(INCIDENT)
