import { createHash } from 'node:crypto'
import type { Entity } from '#domain/log/entity.ts'
import { makeHlc } from '#domain/log/hybrid-clock.ts'
import { incidentScope, privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { Op, type Op as OpValue } from '#domain/log/op.ts'
import { chainText, CHAIN_START, type LogRecord, type Outcome } from '#domain/log/record.ts'
import type { Declaration } from '#domain/incidents/incident.ts'
import { defaultClockRules } from '#domain/incidents/clocks.ts'
import type { Admission } from '#domain/members/admission.ts'
import { completePosition, type MemberRole, type MemberState } from '#domain/members/member.ts'
import { TWO_AT_NIGHT } from './fake-clock.ts'

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The n-th fixed id, so that a failing test names the same id each time. */
export function idOf(n: number): string {
  return `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
}

export const ANN = idOf(0xa)
export const BEN = idOf(0xb)
export const INCIDENT = idOf(1)
export const REPLICA_ONE = idOf(0x101)
export const REPLICA_TWO = idOf(0x102)

type OpParts = { type: string; kind: string; id: string; body: Record<string, unknown> } & Partial<
  Pick<OpValue, 'version' | 'counter' | 'baseSeq' | 'hlc'> & {
    opId: string
    scope: string
    replicaId: string
    after: string[]
    critical: true
  }
>

let made = 0x1000

/** The text of an op, with defaults for what the test does not set. */
export function opText({ kind, id, ...parts }: OpParts): string {
  made += 1
  return JSON.stringify({
    opId: idOf(made),
    scope: ['member', 'plan', 'rules', 'contact', 'agent-group'].includes(kind) ? TEAM_SCOPE : incidentScope(INCIDENT),
    replicaId: REPLICA_ONE,
    counter: made,
    version: 1,
    hlc: makeHlc(TWO_AT_NIGHT, 0),
    baseSeq: 0,
    ...parts,
    entity: { kind, id },
  })
}

export function makeOp(parts: OpParts): OpValue {
  return Op.parse(JSON.parse(opText(parts)))
}

export function joinText(member: string, name: string, role: MemberRole = 'pr'): string {
  return opText({ type: 'member.join', kind: 'member', id: member, body: { name, role } })
}

export function declaration(changes: Partial<Declaration> = {}): Declaration {
  return {
    title: '门店饮用水投诉',
    type: 'product-problem',
    level: 1,
    stage: 'initial-complaint',
    known: '',
    mode: 'real',
    declaredAt: TWO_AT_NIGHT,
    clocks: defaultClockRules(1, true),
    ...changes,
  }
}

export function declareText(id = INCIDENT, changes: Partial<Declaration> = {}): string {
  return opText({ type: 'incident.declare', kind: 'incident', id, scope: incidentScope(id), body: declaration(changes) })
}

export function entryText(id: string, text: string, more: Record<string, unknown> = {}): string {
  return opText({ type: 'entry.record', kind: 'entry', id, body: { kind: 'observation', text, happenedAt: TWO_AT_NIGHT, ...more } })
}

/** Records of one scope with these op texts, chained as a hub does. */
export function chain(
  scope: string,
  texts: readonly string[],
  actor = ANN,
  outcome: Outcome = { kind: 'accepted' },
  hubTime = TWO_AT_NIGHT,
): LogRecord[] {
  let previous = CHAIN_START
  return texts.map((bytes, index) => {
    const unsigned = { scope, seq: index + 1, hubTime: hubTime + index, actor, outcome, bytes } as Omit<LogRecord, 'hash'>
    previous = sha256(chainText(previous, unsigned))
    return { ...unsigned, hash: previous }
  })
}

/** A member's state: defaults, what follows from the role, and the test's changes. */
export function memberWith({ role = 'pr', ...changes }: Partial<MemberState>): MemberState {
  return { name: '某人', joinedAt: 0, owner: false, status: 'active', revoked: null, ...completePosition({ role }), ...changes }
}

/** The context of `decide` over a few entities. */
export function contextOf(actorId: string, role: MemberRole | null, ...entities: (Entity | undefined)[]) {
  return {
    actorId,
    actor: role === null ? null : memberWith({ role }),
    now: TWO_AT_NIGHT,
    admission: null as Admission,
    read: (kind: string, id: string) => entities.find((entity) => entity?.kind === kind && entity.id === id),
  }
}

export const INCIDENT_SCOPE = incidentScope(INCIDENT)
export const PRIVATE_SCOPE = privateScope(ANN)
