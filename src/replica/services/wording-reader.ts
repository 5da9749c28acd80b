import { approvalNow } from '#domain/wording/approval-now.ts'
import { approvalOf, type ApprovalState } from '#domain/wording/approval.ts'
import { valuesOf } from '#domain/commands/wording-commands.ts'
import { sameValues, valuesFor } from '#domain/wording/values.ts'
import { REVISION } from '#domain/wording/wording-entity.ts'
import type { RevisionState, WordingState } from '#domain/wording/wording.ts'
import type { Entity } from '#domain/log/entity.ts'
import type { MemberState } from '#domain/members/member.ts'
import { commandRead } from '../context/run-command.ts'
import { actorHere, type ServiceContext } from '../context/service-context.ts'

export type Wording = Entity<WordingState>
export type Revision = Entity<RevisionState>
/** A revision with its approval as it counts now. */
export type JudgedRevision = { id: string; number: number; revision: Revision; approval: ApprovalState }

/** What a decision by the member of this device would read. */
export type DeciderHere = {
  actorId: string
  actor: MemberState | null
  now: number
  read: ServiceContext['store']['read']
}

/** Reads texts with their revisions, and judges them by the people, the policy and the values of now. */
export type WordingReader = {
  decider(): DeciderHere
  revisionOf(id: string | undefined): Revision | undefined
  /** The revisions of a text, oldest first. */
  approvalsOf(wording: WordingState): JudgedRevision[]
  /** Whether the text in use was released in an emergency, and its approval is still not complete. */
  isUnapproved(live: WordingState['live']): boolean
  /** Whether a stored value of the text in use was changed since it was published. */
  areValuesBehind(wording: Wording): boolean
  /** Whether the member of this device is from outside the company, and sees what is published only (000-16). */
  isOutside(): boolean
}

/** Reads what this device shows, own pending ops included. */
export function createWordingReader(context: ServiceContext): WordingReader {
  const { store } = context
  const read = commandRead(context)

  function decider(): DeciderHere {
    const actor = actorHere(context)
    return { actorId: actor?.id ?? '', actor: actor?.state ?? null, now: context.now(), read: store.read }
  }

  const revisionOf = (id: string | undefined): Revision | undefined => (id === undefined ? undefined : REVISION.read(store, id))

  return {
    decider,
    revisionOf,
    approvalsOf({ revisions }) {
      const actor = decider()
      return revisions.flatMap(({ id, number }) => {
        const revision = revisionOf(id)
        if (!revision) return []
        const approval = revision.state.review ? approvalNow(actor, revision) : approvalOf(revision.state)
        return [{ id, number, revision, approval }]
      })
    },
    isUnapproved(live) {
      const revision = live === null || live.emergency === null ? undefined : revisionOf(live.revisionId)
      return revision !== undefined && approvalOf(revision.state).status !== 'approved'
    },
    areValuesBehind({ state: { live }, scope }) {
      const content = revisionOf(live?.revisionId)?.state.content
      return live !== null && content !== undefined && !sameValues(live.values, valuesFor(content, valuesOf(read, scope)))
    },
    isOutside: () => actorHere(context)?.state.vendor !== null,
  }
}
