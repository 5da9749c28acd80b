import type { IncidentView } from '#contract/incident-api.ts'
import type { DelegationRow, RevisionRow } from '#contract/wording-api.ts'
import type { ApproverRole } from '#domain/rules/approval-policy.ts'
import { partiesOf, type Actor } from '#domain/permissions/permit.ts'

/** Who lets a member decide on a revision in a role; nobody if the member holds the role. Who wrote a part of it lets nobody. */
export function delegatorsOf(
  rows: readonly DelegationRow[],
  {
    actor,
    as,
    revision,
    incident,
  }: { actor: Actor; as: ApproverRole; revision: Pick<RevisionRow, 'contributors'>; incident: IncidentView | undefined },
): string[] {
  if (partiesOf(actor, incident).has(as)) return []
  const wrote = new Set(revision.contributors.map(({ id }) => id))
  return rows
    .filter((row) => row.toId === actor.id && row.as === as && row.until > actor.now && !wrote.has(row.byId))
    .map(({ byName }) => byName)
}
