import { hash as digest } from 'node:crypto'
import { incidentOfScope } from '#domain/log/ids.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { parseOp } from '#domain/log/op.ts'
import { CHAIN_START } from '#domain/log/record.ts'
import type { MemberState } from '#domain/members/member.ts'
import { wordingScope } from '#domain/commands/wording-commands.ts'
import { checkEvidence } from '#domain/wording-evidence/check-evidence.ts'
import { EvidenceData, type EvidenceRecord } from '#domain/wording-evidence/evidence-data.ts'
import { sealEvidence } from '#domain/wording-evidence/evidence-file.ts'
import { approvalOf } from '#domain/wording/approval.ts'
import { reviewNow } from '#domain/wording/approval-now.ts'
import { REVISION, WORDING } from '#domain/wording/wording-entity.ts'
import type { RevisionState } from '#domain/wording/wording.ts'
import type { Entity } from '#domain/log/entity.ts'
import { done, fail } from '#contract/failures.ts'
import type { HandlersOf } from '#contract/procedure.ts'
import type { TeamApi } from '#contract/team-api.ts'
import type { LinkOwner } from '../accounts/link-owner.ts'
import { readAs } from '../api/run-command.ts'
import type { HubCore } from '../core/hub-core.ts'
import { clockIn, type AtExport } from './evidence-content.ts'
import { evidenceParts } from './evidence-page.ts'
import { deciderOf } from './waiting.ts'

type Core = Pick<HubCore, 'hub' | 'hubId' | 'key' | 'about' | 'now'> & { readMember(memberId: string): Promise<MemberState | null> }

const RECORDS_AT_ONCE = 500
const sha256 = (text: string) => digest('sha256', text)

/** A time zone, or UTC for one that this machine does not know. */
function knownClock(zone: string) {
  try {
    return clockIn(zone)
  } catch {
    return clockIn('UTC')
  }
}

/**
 * Reads the records of a scope about some entities, each with the hash before it.
 * @returns null when a record cannot be read: what follows it cannot be proved
 */
async function recordsAbout(
  { hub: { log } }: Core,
  memberId: string,
  scope: string,
  ids: ReadonlySet<string>,
): Promise<EvidenceRecord[] | null> {
  const found: EvidenceRecord[] = []
  const head = await log.headOf(scope)
  let at = { seq: 0, hash: CHAIN_START }
  while (at.seq < (head?.seq ?? 0)) {
    const records = await log.readAfter(memberId, scope, at.seq, RECORDS_AT_ONCE)
    if (records.length === 0) return null
    for (const record of records) {
      const parsed = record.outcome.kind === 'accepted' ? parseOp(record.bytes) : null
      if (parsed?.ok && (parsed.op.entity.kind === REVISION.kind || parsed.op.entity.kind === WORDING.kind) && ids.has(parsed.op.entity.id))
        found.push({ previous: at.hash, record })
      at = { seq: record.seq, hash: record.hash }
    }
  }
  return found
}

/** Where the approval of a revision stands now. */
function standingNow(core: Core, memberId: string, revision: Entity<RevisionState>): Promise<AtExport | null> {
  return readAs(core, memberId, (read) => {
    const now = reviewNow(deciderOf({ read, memberId, now: core.now() }), revision)
    return now.review && { status: approvalOf(now).status, policy: now.review.policy }
  })
}

/** Exports the evidence of an approval as a page that the hub signs. */
export function evidenceService(core: Core, owner: LinkOwner): Pick<HandlersOf<TeamApi>, 'team.approvalEvidence'> {
  const { hub, hubId, key, readMember } = core
  return {
    'team.approvalEvidence': async ({ incidentId, revisionId, zone }) => {
      const scope = wordingScope(incidentId)
      const revision = REVISION.as(await hub.log.readEntity(REVISION.kind, revisionId))
      const member = await readMember(owner.memberId)
      // People outside the company see what is published, not how it was decided.
      if (revision?.scope !== scope || member?.vendor !== null || !(await hub.log.mayRead(owner.memberId, scope))) return fail('not-found')
      const { wordingId, hash, decisions } = revision.state
      const ids = new Set([wordingId, revisionId, ...decisions.flatMap(({ comparedWith }) => comparedWith ?? [])])
      const records = await recordsAbout(core, owner.memberId, scope, ids)
      if (!records) return fail('unreadable-here', { kind: 'record' })
      const people = new Set([owner.memberId, ...revision.state.contributors, ...records.map(({ record }) => record.actor)])
      const names: Record<string, string> = {}
      for (const id of people) names[id] = (await readMember(id))?.name ?? ''
      const incident = incidentOfScope(scope) === null ? undefined : INCIDENT.as(await hub.log.readEntity(INCIDENT.kind, incidentId ?? ''))
      const data = EvidenceData.parse({
        format: 1,
        team: core.about().name,
        madeAt: core.now(),
        madeFor: owner.memberId,
        incident: incident ? { id: incident.id, title: incident.state.title } : null,
        wordingId,
        revisionId,
        hash,
        names,
        records,
      })
      const checked = checkEvidence(data, sha256)
      // A log that does not prove what its tables say is damaged; `verify` says where.
      if (!checked.ok) return fail('unreadable-here', { kind: 'record' })
      const { publicKey } = key
      const parts = evidenceParts({
        ...checked.proved,
        data,
        clock: knownClock(zone),
        keyFingerprint: sha256(publicKey),
        atExport: await standingNow(core, owner.memberId, revision),
      })
      const html = sealEvidence(parts, { hubId, publicKey, sign: key.sign }, sha256)
      return done({ html, keyFingerprint: sha256(publicKey), number: revision.state.number, hash })
    },
  }
}
