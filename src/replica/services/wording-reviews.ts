import { approvalNow } from '#domain/wording/approval-now.ts'
import { approvalOf } from '#domain/wording/approval.ts'
import { valuesOf } from '#domain/commands/wording-commands.ts'
import { rolesToDecideAs } from '#domain/wording/revision-ops.ts'
import { standingRevisions } from '#domain/wording/standing.ts'
import { fillIn } from '#domain/wording/values.ts'
import { REVISION, WORDING } from '#domain/wording/wording-entity.ts'
import { incidentOfScope } from '#domain/log/ids.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import type { ReviewRow } from '#contract/wording-api.ts'
import { commandRead } from '../context/run-command.ts'
import { memberNames, type ServiceContext } from '../context/service-context.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import type { Revision, Wording, WordingReader } from './wording-reader.ts'

/**
 * The last revision of each text that was submitted, if it was decided on: the log has decided, but the policy, the people or the
 * values may have changed since. Newer revisions that were only saved stand after it.
 */
const LAST_DECIDED = `SELECT revision.* FROM entity AS wording JOIN entity AS revision ON revision.kind = 'revision'
  AND revision.id = (
    SELECT submitted.id FROM json_each(coalesce(wording.view, wording.canonical), '$.state.revisions') AS entry
      JOIN entity AS submitted ON submitted.kind = 'revision' AND submitted.id = json_extract(entry.value, '$.id')
      WHERE submitted.facet <> 'draft' ORDER BY entry.key DESC LIMIT 1)
  WHERE wording.kind = 'wording' AND revision.facet IN ('approved', 'rejected')`

/**
 * Lists what waits for a decision.
 * @returns the revisions that the member of this device may decide on, the most urgent first
 */
export function createReviewList(context: ServiceContext, reader: WordingReader): () => ReviewRow[] {
  const { store, db } = context
  const read = commandRead(context)
  const inReview = db.prepare<[], EntityRow>("SELECT * FROM entity WHERE kind = 'revision' AND facet = 'in-review'")
  const lastDecided = db.prepare<[], EntityRow>(LAST_DECIDED)

  /** Whether a decided revision waits for decisions again before it can be used. */
  function isOpenAgain(wording: Wording, revision: Revision): boolean {
    if (approvalOf(revision.state).status === 'in-review') return true
    const isInUse = wording.state.live?.revisionId === revision.id && !reader.areValuesBehind(wording)
    return !isInUse && approvalNow(reader.decider(), revision).status === 'in-review'
  }

  function rowOf(revision: Revision, nameOf: (id: string) => string): ReviewRow[] {
    const wording = WORDING.read(store, revision.state.wordingId)
    const { content, number, hash, review } = revision.state
    if (!review || !wording || wording.state.removed) return []
    // A newer revision in approval makes the decision on this one needless; one that was only saved does not.
    const { asked } = standingRevisions(reader.approvalsOf(wording.state), wording.state)
    if (asked?.id !== revision.id || !isOpenAgain(wording, revision)) return []
    const mayApproveAs = rolesToDecideAs(reader.decider(), revision, 'approve')
    if (mayApproveAs.length === 0) return []
    const incidentId = incidentOfScope(revision.scope)
    const values = valuesOf(read, revision.scope)
    return [
      {
        wordingId: wording.id,
        incidentId,
        incidentTitle: incidentId === null ? null : (INCIDENT.read(store, incidentId)?.state.title ?? null),
        revisionId: revision.id,
        number,
        hash,
        mayApproveAs,
        title: fillIn(content.title, values),
        core: fillIn(content.core, values),
        dueAt: review.dueAt,
        askedAt: review.at,
        askedByName: nameOf(review.by),
      },
    ]
  }

  return () => {
    const nameOf = memberNames(context)
    return [...inReview.all(), ...lastDecided.all()]
      .flatMap((found) => {
        const revision = REVISION.as(seenEntity(found))
        return revision ? rowOf(revision, nameOf) : []
      })
      .toSorted((a, b) => a.dueAt - b.dueAt)
  }
}
