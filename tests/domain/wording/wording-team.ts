import type { CommandRefusal, Draft } from '#domain/commands/command.ts'
import {
  askApproval,
  createWording,
  decideRevision,
  valuesOfRevision,
  publishWording,
  replaceDraft,
  saveRevision,
  setValues,
  withdrawWording,
} from '#domain/commands/wording-commands.ts'
import type { Entity } from '#domain/log/entity.ts'
import type { ApproverRole } from '#domain/rules/approval-policy.ts'
import type { TeamRules } from '#domain/rules/team-rules.ts'
import type { MemberState } from '#domain/members/member.ts'
import { EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import type { Delivery } from '#domain/wording/delivery.ts'
import { REVISION, WORDING } from '#domain/wording/wording-entity.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import { idOf, memberWith } from '#tests/support/log-texts.ts'
import { createUuids } from '#tests/support/seeded.ts'
import { createWorld } from './approval-world.ts'

export const AUTHOR = idOf(0xa0)
export const PR = idOf(0xa1)
export const LEGAL = idOf(0xa2)
export const LEGAL_TOO = idOf(0xa3)
export const EXECUTIVE = idOf(0xa4)
export const HEAD = idOf(0xa5)
export const TEXT = idOf(0x700)
const SCRIPT = { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' } as const

type Publishing = { from?: number | null; until?: number | null; delivery?: Delivery }

export const sayingCore = (core: string): WordingContent => ({ ...EMPTY_CONTENT, title: '停售', core })

/** A team with one text of the standing library; every act is judged by the hub at once. */
export function createTeam() {
  const world = createWorld(createUuids(11))
  const put = (kind: string, id: string, state: unknown) =>
    world.put({ kind, id, scope: 'team', state, stamps: {}, superseded: [], newer: false } as unknown as Entity)
  const member = (id: string, state: Partial<MemberState>) => put('member', id, memberWith(state))
  member(AUTHOR, { name: '安', role: 'technical' })
  member(PR, { name: '本', role: 'pr' })
  member(LEGAL, { name: '陈', role: 'legal' })
  member(LEGAL_TOO, { name: '丁', role: 'legal' })
  member(EXECUTIVE, { name: '恩', role: 'executive' })
  member(idOf(0xa6), { name: '高', role: 'technical' })
  member(HEAD, { name: '方', role: 'call-center', owner: true })

  const edge = (actorId: string) => ({ actorId, now: world.now, uuid: world.idOf })
  /** Runs an act past the device's own check, so that the hub's answer is seen: its first refusal's code, or null. */
  function act(actor: string, drafts: (read: ReturnType<typeof world.readOf>) => Draft[] | CommandRefusal): string | null {
    world.sync(actor)
    const made = drafts(world.readOf(actor))
    if ('code' in made) return made.code
    const from = world.judged.length
    world.write(actor, made, true)
    world.sync(actor)
    return world.judged.slice(from).find(({ refusal }) => refusal !== null)?.refusal?.code ?? null
  }
  const wording = () => WORDING.as(world.entities.get(`wording ${TEXT}`))
  const revision = (number: number) => {
    const found = REVISION.as(world.entities.get(`revision ${wording()?.state.revisions[number - 1]?.id}`))
    if (!found) throw new Error('no such revision')
    return found
  }
  const named = (number: number) => ({ wordingId: TEXT, revisionId: revision(number).id, hash: revision(number).state.hash })
  return {
    world,
    edge,
    act,
    member,
    wording,
    revision,
    named,
    rules: (rules: TeamRules) => put('rules', 'team', { rules, version: 1, changedAt: 0, changedBy: HEAD }),
    raw: (actor: string, kind: string, id: string, type: string, body: Draft['body'], version = 1) =>
      act(actor, () => [{ scope: 'team', kind, id, type, body, version }]),
    start: (content: WordingContent, author = AUTHOR, preparedFor = '') =>
      act(author, (read) => createWording(read, { wordingId: TEXT, incidentId: null, place: { ...SCRIPT, preparedFor }, content })),
    rewrite: (content: WordingContent, author = AUTHOR) =>
      act(author, (read) => replaceDraft(read, { wordingId: TEXT, content, authors: [] }, edge(author))),
    save: (author = AUTHOR, ask = true) =>
      act(author, (read) => saveRevision(read, { wordingId: TEXT, revisionId: world.idOf(), note: '', overruled: [], ask }, edge(author))),
    ask: (number: number, actor = AUTHOR) => act(actor, (read) => askApproval(read, named(number), edge(actor))),
    /** `seen`: the values with which the actor read the text; default: those of now. */
    decide: (number: number, actor: string, as: ApproverRole, verdict: 'approve' | 'reject' = 'approve', seen?: VariableValues) =>
      act(actor, (read) => {
        const values = seen ?? valuesOfRevision(read, named(number).revisionId)
        return decideRevision(read, { ...named(number), verdict, as, comparedWith: null, values, note: '看过', comments: [] })
      }),
    publish: (number: number, { from = null, until = null, ...how }: Publishing = {}, actor = PR) =>
      act(actor, (read) => publishWording(read, { ...named(number), from, until, summary: '', emergency: null, ...how }, edge(actor))),
    withdraw: (actor = PR) => act(actor, (read) => withdrawWording(read, { wordingId: TEXT, reason: '有误', instead: '' }, edge(actor))),
    values: (values: Record<string, string>, actor = AUTHOR) => act(actor, (read) => setValues(read, { incidentId: null, values })),
  }
}

/** A team whose text has approved revisions, one for each core message. */
export function teamWithApproved(...cores: readonly string[]) {
  const team = createTeam()
  for (const [index, core] of cores.entries()) {
    const steps = [
      index === 0 ? team.start(sayingCore(core)) : team.rewrite(sayingCore(core)),
      team.save(),
      team.decide(index + 1, PR, 'pr'),
      team.decide(index + 1, LEGAL, 'legal'),
    ]
    if (steps.some((refusal) => refusal !== null)) throw new Error(`refused: ${steps.join()}`)
  }
  return team
}
