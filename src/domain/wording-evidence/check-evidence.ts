import { appliedFromRecord } from '../log/applied.ts'
import type { Entity } from '../log/entity.ts'
import { incidentScope, TEAM_SCOPE } from '../log/ids.ts'
import { parseOp, type Op } from '../log/op.ts'
import { chainText, type LogRecord, type Sha256 } from '../log/record.ts'
import { step } from '../step.ts'
import { approvalOf } from '../wording/approval.ts'
import { contentHash } from '../wording/content.ts'
import { REVISION, WORDING } from '../wording/wording-entity.ts'
import type { RevisionState, WordingState } from '../wording/wording.ts'
import type { EvidenceData } from './evidence-data.ts'

/**
 * What can be wrong with the records: a record does not have its hash, does not follow its predecessor, holds no accepted op about
 * this text; or the text, a decision or an approver does not fit.
 */
export type RecordFault =
  { kind: 'hash' | 'chain' | 'op' | 'decision'; seq: number } | { kind: 'text' | 'missing' } | { kind: 'approver'; memberId: string }

/** A record with the op in it. */
export type EvidenceOp = { record: LogRecord; op: Op }

/** What the records prove. `compared`: the revisions whose difference the approvers saw, by ID. */
export type ProvedEvidence = {
  ops: EvidenceOp[]
  revision: RevisionState
  wording: WordingState
  compared: ReadonlyMap<string, RevisionState>
}

function findRecordFault(data: EvidenceData, index: number, sha256: Sha256): RecordFault | null {
  const one = data.records[index]
  const before = data.records[index - 1]
  if (!one) return null
  const { previous, record } = one
  if (sha256(chainText(previous, record)) !== record.hash) return { kind: 'hash', seq: record.seq }
  if (record.scope !== (data.incident ? incidentScope(data.incident.id) : TEAM_SCOPE)) return { kind: 'chain', seq: record.seq }
  if (!before) return null
  const follows = record.seq > before.record.seq && (record.seq > before.record.seq + 1 || previous === before.record.hash)
  return follows ? null : { kind: 'chain', seq: record.seq }
}

/** The op of a record, if it is accepted and about this text. */
function opOf({ record }: { record: LogRecord }): Op | null {
  const parsed = record.outcome.kind === 'accepted' ? parseOp(record.bytes) : null
  const isAbout = parsed?.ok && (parsed.op.entity.kind === REVISION.kind || parsed.op.entity.kind === WORDING.kind)
  return isAbout && parsed.op.scope === record.scope ? parsed.op : null
}

/** An approval counts for the hash that was seen, and nobody approves what they wrote. */
function findApprovalFaults({ revision, ops }: Pick<ProvedEvidence, 'revision' | 'ops'>, data: EvidenceData): RecordFault[] {
  const faults: RecordFault[] = []
  for (const { op, record } of ops)
    if (op.type === 'revision.decide' && op.entity.id === data.revisionId && op.body['hash'] !== data.hash)
      faults.push({ kind: 'decision', seq: record.seq })
  const approvers = revision.decisions.flatMap(({ verdict, memberId }) => (verdict === 'approve' ? [memberId] : []))
  for (const [index, memberId] of approvers.entries())
    if (revision.contributors.includes(memberId) || approvers.indexOf(memberId) !== index) faults.push({ kind: 'approver', memberId })
  return faults
}

/**
 * Checks the records of an evidence by themselves: each has its hash and follows its predecessor, and the revision, its decisions
 * and its approvers follow from them.
 * @returns what they prove, or everything that is wrong
 */
export function checkEvidence(
  data: EvidenceData,
  sha256: Sha256,
): { ok: true; proved: ProvedEvidence } | { ok: false; faults: RecordFault[] } {
  const faults = data.records.flatMap((_one, index) => findRecordFault(data, index, sha256) ?? [])
  const ops: EvidenceOp[] = []
  const entities = new Map<string, Entity>()
  for (const one of data.records) {
    const { record } = one
    const op = opOf(one)
    if (!op) {
      faults.push({ kind: 'op', seq: record.seq })
      continue
    }
    ops.push({ record, op })
    const name = `${op.entity.kind} ${op.entity.id}`
    const folded = step(entities.get(name), op, appliedFromRecord(record, op))
    if (folded) entities.set(name, folded)
  }
  const revisionOf = (id: string) => REVISION.as(entities.get(`${REVISION.kind} ${id}`))?.state
  const revision = revisionOf(data.revisionId)
  const wording = WORDING.as(entities.get(`${WORDING.kind} ${data.wordingId}`))?.state
  if (!revision || !wording) return { ok: false, faults: [...faults, { kind: 'missing' }] }
  const listed = wording.revisions.find(({ id }) => id === data.revisionId)
  if (contentHash(revision.content) !== data.hash || revision.hash !== data.hash || listed?.hash !== data.hash)
    faults.push({ kind: 'text' })
  faults.push(...findApprovalFaults({ revision, ops }, data))
  const compared = new Map<string, RevisionState>()
  for (const { comparedWith } of revision.decisions) {
    const other = comparedWith === null ? undefined : revisionOf(comparedWith)
    // What a device names as compared need not exist; then nothing was seen.
    if (comparedWith !== null && other?.wordingId === data.wordingId) compared.set(comparedWith, other)
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, proved: { ops, revision, wording, compared } }
}

/** Whether the records prove that the policy was satisfied. */
export function isApproved({ revision }: Pick<ProvedEvidence, 'revision'>): boolean {
  return approvalOf(revision).status === 'approved'
}
