import { MEMBER } from '#domain/members/member-entity.ts'
import { randomUUID } from 'node:crypto'
import { HLC_START, tickHlc } from '#domain/log/hybrid-clock.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import type { MemberRole } from '#domain/members/member.ts'
import { recordEntry, type NewEntry } from '#domain/commands/entry-commands.ts'
import { decideRevision, valuesOfRevision } from '#domain/commands/wording-commands.ts'
import { runCommand } from '#hub/api/run-command.ts'
import { idsFrom } from '#hub/api/write-ops.ts'
import type { TeamHub } from '#hub/team-hub.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { Story } from './story.ts'

/** A file of evidence that a colleague has: the hub takes it from whoever recorded it. */
export type CastFile = { hash: string; bytes: Uint8Array<ArrayBuffer> }

/** The colleagues of the story: they write to the hub themselves, as if from their own devices. */
export type Cast = {
  /** Records an entry with files in a colleague's name. Returns its id; null for a role without a colleague. */
  record(role: MemberRole, incidentId: string, entry: NewEntry, files: readonly CastFile[]): Promise<Result<string> | null>
  /** Approves a revision in a colleague's name, in their role. Null for a role without a colleague. */
  approve(role: 'pr' | 'legal', revision: { revisionId: string; hash: string }): Promise<Result<null> | null>
}

/** Adds all members of the story's execution departments to the team. */
export async function joinCast(hub: TeamHub, story: Story): Promise<Cast> {
  const members = new Map<MemberRole, string>()
  for (const act of story.acts) {
    if (act.do !== 'person' || act.department === null || members.has(act.department)) continue
    const id = randomUUID()
    const place = { role: act.department } as const
    const op = {
      opId: randomUUID(),
      scope: TEAM_SCOPE,
      replicaId: randomUUID(),
      counter: 1,
      entity: { kind: MEMBER.kind, id },
      type: 'member.join',
      version: 1,
      body: { name: act.name, ...place },
      hlc: tickHlc(HLC_START, hub.now()),
      baseSeq: 0,
    }
    await hub.submit([JSON.stringify(op)], id, { kind: 'invited', ...place })
    members.set(act.department, id)
  }
  return {
    async record(role, incidentId, entry, files) {
      const memberId = members.get(role)
      if (memberId === undefined) return null
      const ids = idsFrom(randomUUID())
      const id = ids('entry')
      const written = await runCommand(hub, memberId, ids, (read, edge) => recordEntry(read, { incidentId, entryId: id, entry }, edge))
      if (!written.ok) return fail(written.failure.code, written.failure.params)
      if (files.length > 0) {
        const link = hub.connect(memberId, role)
        for (const { hash, bytes } of files) await link.writeEvidence(hash, bytes.byteLength, 0, bytes)
        link.close()
      }
      return done(id)
    },
    async approve(role, revision) {
      const memberId = members.get(role)
      if (memberId === undefined) return null
      const decision = { ...revision, verdict: 'approve', as: role, comparedWith: null, note: '', comments: [] } as const
      const written = await runCommand(hub, memberId, idsFrom(randomUUID()), (read) =>
        decideRevision(read, { ...decision, values: valuesOfRevision(read, decision.revisionId) }),
      )
      return written.ok ? done(null) : fail(written.failure.code, written.failure.params)
    },
  }
}
