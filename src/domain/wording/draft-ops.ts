import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { createEntity, type Applied, type Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { policyNow } from './approval-now.ts'
import { MAX_AUTHORS, openAuthors, readEach } from './authors.ts'
import { contentHash, ContentHash, WordingContent } from './content.ts'
import { MAX_EDIT, openDraft, readDraft, seedDraft } from './draft-document.ts'
import { beginAnew, editDraftState } from './draft-generations.ts'
import { REVISION, WORDING, WORDING_DRAFT } from './wording-entity.ts'
import { DRAFT_KEPT, type WordingDraftState } from './wording.ts'

/** `authors`: who wrote a part of the content that is not approved; the actor is added. */
export const DraftStart = z.strictObject({ content: WordingContent, authors: z.array(LoggedUuid).max(MAX_AUTHORS) })
/** `update`: a Yjs update (base64). `authors`: who wrote what it brings in from a revision that is not approved; the actor is added. */
export const DraftEdit = z.strictObject({ update: z.base64().min(4).max(MAX_EDIT), authors: z.array(LoggedUuid).max(MAX_AUTHORS) })
/** `of`: the generation of the document that was edited. */
export const DraftEdit2 = DraftEdit.extend({ of: z.int().min(0) })
export const DraftTaken = z.strictObject({ revisionId: LoggedUuid, hash: ContentHash })

/** Words that were kept beside the draft are settled: put back into it, or dismissed. */
export const DraftSettle = z.strictObject({
  text: z.string().max(DRAFT_KEPT.text),
  by: LoggedUuid.nullable(),
  how: z.enum(['put-back', 'dismissed']),
})

const COMMON = { version: 1, action: 'wording.draft', expects: null, notifies: null, webhook: null } as const

/** The members with one more. */
const withMember = (members: readonly string[], added: string) => (members.includes(added) ? members : [...members, added])

/** The hash of the text of a draft, or null if it does not fit in a revision. */
function draftHash(doc: string): string | null {
  const read = readDraft(openDraft(doc))
  return read.ok ? contentHash(read.content) : null
}

type Draft = Entity<WordingDraftState>

const unknownAuthor = refuse('malformed', { detail: 'authors' })

/** Whether everybody who is named as an author wrote: the actor, or one of the known authors. */
const wrote = (authors: readonly string[], { actorId }: DecisionContext, known: readonly string[] = []) =>
  authors.every((author) => author === actorId || known.includes(author))

function mayEdit(context: DecisionContext, draft: Draft | undefined, { update, authors, of }: z.infer<typeof DraftEdit2>): Refusal | null {
  if (!draft) return refuse('not-found')
  const edited = editDraftState(draft.state, { update, of }, { actor: context.actorId, recordedAt: context.now, seq: null })
  if (!edited.ok) return refuse('draft-edit', { problem: edited.problem })
  // What an edit brings in from a revision keeps its authors; nobody else is named.
  if (wrote(authors, context, draft.state.contributors)) return null
  const revisions = WORDING.read(context, draft.id)?.state.revisions.map(({ id }) => id) ?? []
  const found = readEach((id) => REVISION.read(context, id)?.state)(revisions)
  return wrote(authors, context, [...draft.state.contributors, ...found.flatMap((one) => one?.contributors ?? [])]) ? null : unknownAuthor
}

function editFolded(draft: Draft | undefined, { update, authors, of }: z.infer<typeof DraftEdit2>, applied: Applied): Draft | undefined {
  if (!draft) return undefined
  const edited = editDraftState(draft.state, { update, of }, applied)
  if (!edited.ok) return draft
  const contributors = [applied.actor, ...authors].reduce(withMember, draft.state.contributors)
  return { ...draft, state: { ...edited.state, contributors, at: applied.recordedAt, by: applied.actor } }
}

function mayTake(context: DecisionContext, draft: Draft | undefined, { revisionId, hash }: z.infer<typeof DraftTaken>): Refusal | null {
  const entries = draft && WORDING.read(context, draft.id)?.state.revisions
  return entries?.some((one) => one.id === revisionId && one.hash === hash) ? null : refuse('not-found')
}

/**
 * Written with every revision. If the draft has another text by then, somebody wrote for the next one, and all its authors stay.
 * @param taken what changes if it has the same text
 * @param beside see {@link beginAnew}
 */
const takenWith =
  (taken: Partial<WordingDraftState>, beside: Parameters<typeof beginAnew>[1]) =>
  (draft: Draft | undefined, { revisionId, hash }: z.infer<typeof DraftTaken>, applied: Applied): Draft | undefined => {
    if (!draft) return undefined
    // The text of a pending revision may still differ from what the hub will find: its document begins anew only at the hub.
    const next = applied.seq === null ? draft.state : beginAnew(draft.state, beside)
    return { ...draft, state: { ...next, base: revisionId, ...(draftHash(draft.state.doc) === hash ? taken : {}) } }
  }

/** Where kept words are in a list; by time they are not named, because the time of a pending edit is not that of the hub. */
const keptAt = ({ kept = [] }: WordingDraftState, { text, by }: z.infer<typeof DraftSettle>): number =>
  kept.findIndex((one) => one.text === text && one.by === by)

export const DRAFT_OPS = [
  WORDING_DRAFT.op('wording-draft.start', {
    ...COMMON,
    body: DraftStart,
    decide: (context, draft, { authors }, op) => {
      if (draft) return refuse('already-exists')
      const wording = WORDING.read(context, op.entity.id)
      if (wording?.scope !== op.scope) return refuse('not-found')
      // Whoever wrote a text does not become its approver because somebody copies it.
      const source = REVISION.read(context, wording.state.origin?.revisionId ?? '')
      const named = new Set<string>([...authors, context.actorId])
      const open = openAuthors(source?.state, policyNow(context, wording.id))
      if (!open.every((author) => named.has(author))) return refuse('changed-meanwhile', { field: 'contributors' })
      return wrote(authors, context, source?.state.contributors) ? null : unknownAuthor
    },
    fold: (draft, { content, authors }, applied, op) =>
      draft ??
      createEntity<WordingDraftState>(op, {
        doc: seedDraft(content),
        contributors: authors.reduce<readonly string[]>(withMember, [applied.actor]),
        clients: {},
        base: null,
        at: applied.recordedAt,
        by: applied.actor,
      }),
  }),
  WORDING_DRAFT.op('wording-draft.edit', {
    ...COMMON,
    body: DraftEdit,
    decide: (context, draft, body) => mayEdit(context, draft, { ...body, of: 0 }),
    fold: (draft, body, applied) => editFolded(draft, { ...body, of: 0 }, applied),
  }),
  WORDING_DRAFT.op('wording-draft.edit', { ...COMMON, version: 2, body: DraftEdit2, decide: mayEdit, fold: editFolded }),
  // As an earlier version had it: text that was kept beside the draft was dropped unseen.
  WORDING_DRAFT.op('wording-draft.taken', {
    ...COMMON,
    body: DraftTaken,
    decide: mayTake,
    fold: takenWith({ contributors: [], kept: [] }, 'nothing'),
  }),
  WORDING_DRAFT.op('wording-draft.taken', {
    ...COMMON,
    version: 2,
    body: DraftTaken,
    decide: mayTake,
    fold: takenWith({ contributors: [] }, 'text'),
  }),
  // Two people who settle the same words do it once: for the second they are not there any more.
  WORDING_DRAFT.op('wording-draft.settle', {
    ...COMMON,
    body: DraftSettle,
    decide: (_context, draft, kept) => (draft && keptAt(draft.state, kept) >= 0 ? null : refuse('not-found')),
    fold: (draft, kept) =>
      draft && {
        ...draft,
        state: { ...draft.state, kept: (draft.state.kept ?? []).filter((_one, index) => index !== keptAt(draft.state, kept)) },
      },
  }),
]
