import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Draft } from '#domain/commands/command.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { MemberRole } from '#domain/members/member.ts'
import { contentHash, EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import { editsTowards, openDraft, readDraft } from '#domain/wording/draft-document.ts'
import { openAuthors } from '#domain/wording/authors.ts'
import {
  askApproval,
  copyWording,
  createWording,
  decideRevision,
  valuesOfRevision,
  editDraft,
  moveWording,
  publishWording,
  replaceDraft,
  saveRevision,
} from '#domain/commands/wording-commands.ts'
import { REVISION, WORDING, WORDING_DRAFT } from '#domain/wording/wording-entity.ts'
import type { RevisionState } from '#domain/wording/wording.ts'
import { declaration, idOf, INCIDENT, makeOp, memberWith } from '#tests/support/log-texts.ts'
import { appliedPending } from '#domain/log/applied.ts'
import { step } from '#domain/step.ts'
import { createUuids, seeded } from '#tests/support/seeded.ts'
import { createWorld } from './approval-world.ts'

// The model knows nothing of the code: who typed which word, who decided what in which role, and what a release needs.

const SCOPE = incidentScope(INCIDENT)
const MINUTE = 60_000
const LENT_FOR = 20 * MINUTE

/** The people of the team. `person`: two accounts of one name belong to one person. */
const PEOPLE: readonly { name: string; person: string; role: MemberRole }[] = [
  { name: '安', person: 'an', role: 'pr' },
  { name: '本', person: 'ben', role: 'legal' },
  { name: '陈', person: 'chen', role: 'pr' },
  { name: '丁', person: 'ding', role: 'call-center' },
  { name: '恩', person: 'en', role: 'executive' },
  { name: '方', person: 'fang', role: 'commander' },
  { name: '高', person: 'gao', role: 'technical' },
  { name: '黄', person: 'huang', role: 'legal' },
  // A second account of the first person, in another role.
  { name: ' 安 ', person: 'an', role: 'legal' },
]
const idOfPerson = (index: number) => idOf(0xa0 + index)
const COMMANDER = idOfPerson(5)

type ApproverRole = 'pr' | 'legal' | 'call-center' | 'commander' | 'executive'
type Policy = { roles: ApproverRole[]; inOrder: boolean; dueMinutes: number }

const POLICIES: readonly Policy[] = [
  { roles: ['pr', 'legal'], inOrder: false, dueMinutes: 30 },
  { roles: ['pr', 'legal'], inOrder: true, dueMinutes: 30 },
  { roles: ['legal', 'call-center', 'executive'], inOrder: true, dueMinutes: 30 },
  { roles: ['call-center', 'legal', 'pr'], inOrder: false, dueMinutes: 30 },
  { roles: ['executive'], inOrder: false, dueMinutes: 30 },
]

const ACTS = [
  'edit',
  'edit',
  'save',
  'save',
  'decide',
  'decide',
  'decide',
  'decide',
  'decide',
  'publish',
  'publish',
  'release',
  'ask',
  'restore',
  'copy',
  'move',
  'role',
  'lend',
  'later',
  'sync',
  'forge-revision',
  'forge-taken',
  'forge-decision',
  'forge-release',
] as const

type Act = { who: number; what: (typeof ACTS)[number]; a: number; b: number; offline: boolean }

const anyAct: fc.Arbitrary<Act> = fc.record({
  who: fc.nat(PEOPLE.length - 1),
  what: fc.constantFrom(...ACTS),
  a: fc.nat(1000),
  b: fc.nat(1000),
  offline: fc.boolean(),
})

/** JSON with sorted keys, written apart from the code under test. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, one]) => [key, sorted(one)]),
        )
      : value
const independentHash = (content: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex')

const wordsIn = (content: unknown): string[] => JSON.stringify(content).match(/w\d+x/g) ?? []

type ModelDecision = { member: string; as: string; verdict: 'approve' | 'reject' }
type ModelRevision = {
  wordingId: string
  hash: string
  words: string[]
  /** The people whose words in it had never been in an approved revision. */
  writers: Set<string>
  policy: Policy | null
  decisions: ModelDecision[]
}

/** What the model has counted, so that a run in which nothing happens proves nothing. */
type Tally = { published: number; released: number; approved: number; ownText: number; rejected: number; offline: number }

function run(acts: readonly Act[], scriptPolicy: number, statementPolicy: number, tally: Tally): void {
  const world = createWorld(createUuids(7))
  const entityOf = (kind: string, id: string, scope: string, state: unknown): Entity =>
    ({ kind, id, scope, state, stamps: {}, superseded: [], newer: false }) as unknown as Entity
  const roles = new Map<string, MemberRole>()
  const place = (index: number, role: MemberRole) => {
    roles.set(idOfPerson(index), role)
    world.put(entityOf('member', idOfPerson(index), 'team', memberWith({ name: PEOPLE[index]?.name ?? '', role })))
  }
  PEOPLE.forEach(({ role }, index) => place(index, role))
  const declare = makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration() })
  const incident = step(undefined, declare, appliedPending(declare, COMMANDER))
  if (!incident) throw new Error('no incident')
  world.put(incident)
  const policies = { script: POLICIES[scriptPolicy], statement: POLICIES[statementPolicy] } as Record<string, Policy>
  const approvals = Object.entries(policies).map(([kind, policy]) => ({ kind, level: null, policy }))
  world.put(entityOf('rules', 'team', 'team', { rules: { approvals }, version: 1 }))

  const personOf = (member: string) => PEOPLE[Number.parseInt(member.slice(-2), 16) - 0xa0]?.person ?? member
  const wordings = [idOf(0xe1)]
  const kinds = new Map<string, string>()
  const typedBy = new Map<string, string>()
  const approvedOnce = new Set<string>()
  const revisions = new Map<string, ModelRevision>()
  const lent = new Map<string, { as: string; until: number }>()
  let judged = 0
  let clients = 100

  const standing = ({ decisions }: ModelRevision) => decisions.filter(({ verdict }) => verdict === 'approve')
  const isApproved = (revision: ModelRevision) =>
    revision.policy !== null &&
    revision.decisions.every(({ verdict }) => verdict === 'approve') &&
    revision.policy.roles.every((role) => standing(revision).some(({ as }) => as === role))

  /** Follows what the hub accepted, and checks what must never be accepted. */
  function follow(): void {
    for (; judged < world.judged.length; judged += 1) {
      const one = world.judged[judged]
      if (!one) continue
      const { actor, op, refusal, after } = one
      if (refusal?.code === 'own-text') tally.ownText += 1
      if (refusal) continue
      const { body } = op
      const text = (name: string) => String(body[name])
      // A move may lose against a concurrent one; which of them wins is not the subject here.
      if (op.type === 'wording.create' || op.type === 'wording.move') kinds.set(op.entity.id, WORDING.as(after)?.state.kind ?? 'script')
      if (op.type === 'revision.write') {
        const words = wordsIn(body['content'])
        const writers = new Set([personOf(actor)])
        for (const word of words) if (!approvedOnce.has(word)) writers.add(personOf(typedBy.get(word) ?? actor))
        revisions.set(op.entity.id, {
          wordingId: text('wordingId'),
          hash: independentHash(body['content']),
          words,
          writers,
          policy: null,
          decisions: [],
        })
        // A new revision inherits nothing.
        const state = after?.state as RevisionState
        expect([state.review, state.decisions]).toEqual([null, []])
        expect(state.hash).toBe(independentHash(body['content']))
      }
      const revision = revisions.get(op.entity.id)
      if (op.type === 'revision.ask' && revision) {
        revision.policy = policies[kinds.get(revision.wordingId) ?? ''] ?? null
        expect(body['policy']).toEqual(revision.policy)
      }
      if (op.type === 'revision.decide' && revision) {
        const decision: ModelDecision = { member: actor, as: text('as'), verdict: text('verdict') === 'approve' ? 'approve' : 'reject' }
        expect(body['hash']).toBe(revision.hash)
        const authority = lent.get(actor)
        const held = [
          roles.get(actor),
          actor === COMMANDER ? 'commander' : null,
          authority && world.now < authority.until ? authority.as : null,
        ]
        expect(held).toContain(decision.as)
        expect(revision.policy?.roles).toContain(decision.as)
        revision.decisions = revision.decisions.filter(({ member }) => member !== actor)
        if (decision.verdict === 'approve') {
          expect(revision.writers.has(personOf(actor)), 'approved by somebody who wrote a part of it').toBe(false)
          expect(standing(revision).map(({ member }) => personOf(member))).not.toContain(personOf(actor))
          if (revision.policy?.inOrder) {
            const earlier = revision.policy.roles.slice(0, revision.policy.roles.indexOf(decision.as as ApproverRole))
            expect(standing(revision).map(({ as }) => as)).toEqual(expect.arrayContaining(earlier))
          }
        } else tally.rejected += 1
        revision.decisions.push(decision)
        if (isApproved(revision)) {
          tally.approved += 1
          for (const word of revision.words) approvedOnce.add(word)
        }
      }
      if (op.type === 'wording.publish') {
        const published = revisions.get(text('revisionId'))
        expect(published?.wordingId).toBe(op.entity.id)
        expect(body['hash']).toBe(published?.hash)
        if (body['emergency'] !== null) {
          expect(roles.get(actor)).toBe('executive')
          tally.released += 1
          continue
        }
        if (!published?.policy) throw new Error('published without a review')
        const approvers = published.policy.roles.map(
          (role) => standing(published).find(({ as }) => as === role)?.member ?? `nobody as ${role}`,
        )
        const people = approvers.map(personOf)
        expect(approvers.filter((member) => member.startsWith('nobody'))).toEqual([])
        expect(new Set(people).size).toBe(people.length)
        expect(people.filter((person) => published.writers.has(person))).toEqual([])
        expect(published.decisions.filter(({ verdict }) => verdict === 'reject')).toEqual([])
        // By the policy of the kind as which it is published.
        expect(published.policy).toEqual(policies[kinds.get(op.entity.id) ?? ''])
        tally.published += 1
      }
    }
  }

  const typeWord = (actor: string) => {
    const word = `w${typedBy.size}x`
    typedBy.set(word, actor)
    return word
  }
  const withWords = (content: WordingContent, words: string): WordingContent => ({
    ...content,
    title: content.title === '' ? '题' : content.title,
    core: `${content.core} ${words}`.slice(-290),
  })
  const edge = (actor: string) => ({ actorId: actor, now: world.now, uuid: world.idOf })

  function act({ who, what, a, b, offline }: Act): void {
    const actor = idOfPerson(who)
    if (offline) tally.offline += 1
    else world.sync(actor)
    follow()
    const read = world.readOf(actor)
    const wordingId = wordings[a % wordings.length] ?? ''
    const wording = read.one(WORDING, wordingId)
    const draft = read.one(WORDING_DRAFT, wordingId)
    const entries = wording?.state.revisions ?? []
    const any = entries[b % Math.max(1, entries.length)]
    // Mostly the newest revision, sometimes an old one.
    const entry = b % 4 === 0 ? any : entries.at(-1)
    const ref = { wordingId }
    const ofEntry = { ...ref, revisionId: entry?.id ?? idOf(0), hash: entry?.hash ?? '' }
    const raw = (kind: string, id: string, type: string, body: Record<string, unknown>, after?: number[]): Draft => ({
      scope: SCOPE,
      kind,
      id,
      type,
      body,
      ...(after ? { after } : {}),
    })
    switch (what) {
      case 'edit': {
        const found = draft && readDraft(openDraft(draft.state.doc))
        if (!draft || !found?.ok) break
        clients += 1
        const next = withWords(found.content, typeWord(actor))
        for (const update of editsTowards(draft.state.doc, next, clients))
          world.write(actor, editDraft(read, { ...ref, update, generation: draft.state.generation ?? 0 }))
        break
      }
      case 'save': {
        world.write(actor, saveRevision(read, { ...ref, revisionId: world.idOf(), note: '', overruled: [], ask: b % 5 !== 0 }, edge(actor)))
        break
      }
      case 'ask': {
        world.write(actor, askApproval(read, ofEntry, edge(actor)))
        break
      }
      case 'decide':
      case 'forge-decision': {
        const isForged = what === 'forge-decision'
        const own = b % 7 === 0 ? lent.get(actor)?.as : roles.get(actor)
        const as = (isForged ? (['pr', 'legal', 'call-center', 'commander', 'executive'] as const)[b % 5] : own) as ApproverRole
        const verdict = !isForged && b % 11 === 0 ? 'reject' : 'approve'
        const values = valuesOfRevision(read, ofEntry.revisionId)
        const input = { ...ofEntry, verdict, as, comparedWith: null, values, note: '改', comments: [] } as const
        world.write(actor, decideRevision(read, input), isForged)
        break
      }
      case 'publish':
      case 'release': {
        const emergency = what === 'release' ? '有人受伤' : null
        const input = { ...ofEntry, from: null, until: null, summary: '', emergency }
        world.write(actor, publishWording(read, input, edge(actor)))
        break
      }
      case 'forge-release': {
        const input = { ...ofEntry, from: null, until: null, summary: '', emergency: null }
        world.write(actor, publishWording(read, input, edge(actor)), true)
        break
      }
      case 'restore': {
        const revision = read.one(REVISION, any?.id ?? '')
        if (!revision) break
        const authors = openAuthors(revision.state, policies[kinds.get(wordingId) ?? ''] ?? null)
        world.write(actor, replaceDraft(read, { ...ref, content: revision.state.content, authors }, edge(actor)))
        break
      }
      case 'copy': {
        const to = world.idOf()
        const drafts = copyWording(read, { wordingId: to, from: wordingId, incidentId: INCIDENT })
        if (wordings.length < 3 && world.write(actor, drafts) === null) wordings.push(to)
        break
      }
      case 'move': {
        world.write(actor, moveWording(read, { ...ref, place: { kind: b % 2 === 0 ? 'script' : 'statement' } }), b % 3 === 0)
        break
      }
      case 'role': {
        place(who, (['pr', 'legal', 'call-center', 'executive', 'technical'] as const)[b % 5] ?? 'pr')
        break
      }
      case 'lend': {
        const as = (['pr', 'legal', 'call-center'] as const)[b % 3] ?? 'pr'
        if (lent.has(actor)) break
        const until = world.now + LENT_FOR
        const body = { memberId: actor, as, until, reason: '夜班' }
        world.sync(COMMANDER)
        if (world.write(COMMANDER, [raw('incident', INCIDENT, 'incident.grant-authority', body)]) === null) lent.set(actor, { as, until })
        world.sync(COMMANDER)
        break
      }
      case 'later': {
        world.advance(MINUTE * (b % 9))
        break
      }
      case 'sync':
        break
      case 'forge-revision': {
        // Text of others, put together by a changed program: from the draft or the last revision, or an old revision word for word.
        const found = draft && readDraft(openDraft(draft.state.doc))
        const old = read.one(REVISION, any?.id ?? '')?.state.content
        const last = read.one(REVISION, entries.at(-1)?.id ?? '')?.state.content
        const source = b % 3 === 0 ? old : b % 3 === 1 ? last : found?.ok ? found.content : undefined
        if (!source) break
        const content = b % 3 === 0 ? source : withWords(source, typeWord(actor))
        const base = b % 2 === 0 ? null : (any?.id ?? null)
        const revisionId = world.idOf()
        const number = entries.length + 1
        const hash = contentHash(content)
        const { title, core } = content
        const written = { wordingId, number, content, base, contributors: [], note: '', overruled: [] }
        const drafts = [
          raw('revision', revisionId, 'revision.write', written),
          raw('wording', wordingId, 'wording.add-revision', { revisionId, number, hash, title, core }, [0]),
          raw('wording-draft', wordingId, 'wording-draft.taken', { revisionId, hash }, [1]),
        ]
        world.write(actor, drafts, true)
        break
      }
      case 'forge-taken': {
        const body = { revisionId: any?.id ?? idOf(0), hash: any?.hash ?? '0'.repeat(64) }
        world.write(actor, [raw('wording-draft', wordingId, 'wording-draft.taken', body)], true)
        break
      }
    }
    if (!offline) world.sync(actor)
    follow()
  }

  const [first = ''] = wordings
  const start = { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' } as const
  const content = withWords(EMPTY_CONTENT, typeWord(idOfPerson(6)))
  const author = idOfPerson(6)
  world.write(author, createWording(world.readOf(author), { wordingId: first, incidentId: INCIDENT, place: start, content }))
  world.sync(author)
  follow()
  for (const one of acts) act(one)
  for (const index of PEOPLE.keys()) world.sync(idOfPerson(index))
  follow()
}

test('MS-15: whatever people do, and in whatever order it arrives, only complete approvals of this text by others publish it', () => {
  const tally: Tally = { published: 0, released: 0, approved: 0, ownText: 0, rejected: 0, offline: 0 }
  fc.assert(
    fc.property(
      fc.array(anyAct, { minLength: 30, maxLength: 120, size: 'max' }),
      fc.nat(POLICIES.length - 1),
      fc.nat(POLICIES.length - 1),
      (acts, script, statement) => run(acts, script, statement, tally),
    ),
    seeded(150),
  )
  // Every interesting thing has happened.
  for (const [what, count] of Object.entries(tally)) expect([what, count > 5]).toEqual([what, true])
}, 120_000)
