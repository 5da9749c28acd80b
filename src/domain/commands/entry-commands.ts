import { ENTRY } from '../timeline/entry-entity.ts'
import { given, type CommandEdge, type CommandRead, type CommandRefusal, type Draft } from './command.ts'
import { ClockId } from '../incidents/clocks.ts'
import { autoFollowDrafts } from './follow-commands.ts'
import { readIncident } from './incident-read.ts'
import type { Entity } from '../log/entity.ts'
import { incidentScope } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import type { Mention } from '../notices/notice.ts'
import type { EntryContent, EntryState, Evidence, LinkRelation } from '../timeline/entry.ts'
import { noteDraft } from './note-draft.ts'

type EntryRef = { incidentId: string; entryId: string }
/** Members mentioned in a text; they are notified. */
type Named = { mentions?: Mention[] | undefined }
type Decided = { decision?: EntryContent['decision']; turningPoint?: EntryContent['turningPoint'] }

/** The content of an entry; `happenedAt` default: now. */
export type NewEntry = Pick<EntryContent, 'kind' | 'text'> &
  Named &
  Decided & { happenedAt?: number | undefined; tags?: readonly string[] | undefined; evidence?: readonly Evidence[] | undefined }

function entryDraft({ incidentId, entryId }: EntryRef, type: string, body: Draft['body']): Draft {
  return { scope: incidentScope(incidentId), kind: 'entry', id: entryId, type, body: given(body) }
}

/** An entry of the incident, if both exist and the actor may read them. */
export function readEntry(read: CommandRead, { incidentId, entryId }: EntryRef): Entity<EntryState> | undefined {
  const entry = readIncident(read, incidentId) ? read.one(ENTRY, entryId) : undefined
  return entry?.scope === incidentScope(incidentId) ? entry : undefined
}

/** The drafts by which an entry meets a clock: the op, and its system note. */
export function meetDrafts(
  { incidentId, entryId, metAt }: EntryRef & { metAt: number },
  clock: ClockId,
  edge: CommandEdge,
  place: { actAt: number; after?: readonly number[] },
): Draft[] {
  const { actAt, after } = place
  return [
    {
      scope: incidentScope(incidentId),
      kind: 'incident',
      id: incidentId,
      type: 'incident.meet-clock',
      body: { clock, entryId, metAt },
      ...(after ? { after } : {}),
    },
    noteDraft(incidentId, edge.uuid(), edge.now, 'clock-met', { clock, entryId }, [actAt]),
  ]
}

/**
 * Records an entry, marks the clocks that it meets, and makes its author follow the incident.
 * @param input `meets`: ids of clocks; `entry.evidence`: files that were already uploaded
 */
export function recordEntry(
  read: CommandRead,
  { entry, meets, ...ref }: EntryRef & { entry: NewEntry; meets?: readonly string[] | undefined },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  if (!readIncident(read, ref.incidentId)) return refuse('not-found')
  const happenedAt = entry.happenedAt ?? edge.now
  const evidence = entry.evidence && entry.evidence.length > 0 ? entry.evidence : undefined
  const drafts = [entryDraft(ref, 'entry.record', { ...entry, happenedAt, evidence })]
  for (const clock of meets ?? []) {
    const known = ClockId.safeParse(clock)
    if (!known.success) return refuse('clock-unknown', { clock })
    drafts.push(...meetDrafts({ ...ref, metAt: happenedAt }, known.data, edge, { actAt: drafts.length, after: [0] }))
  }
  return [...drafts, ...writerFollows(read, ref.incidentId, edge)]
}

/** A member who writes in an incident follows it; a program does not. */
function writerFollows(read: CommandRead, incidentId: string, { actorId, isService }: CommandEdge): Draft[] {
  return isService ? [] : autoFollowDrafts(read, incidentId, [actorId], 'wrote')
}

/** Corrects an entry; the previous text is kept. `mentions` are those of the whole corrected text. */
export function correctEntry(
  read: CommandRead,
  { content, reason, mentions, ...ref }: EntryRef & Named & { content: EntryContent; reason: string },
): Draft[] | CommandRefusal {
  return readIncident(read, ref.incidentId) ? [entryDraft(ref, 'entry.correct', { content, reason, mentions })] : refuse('not-found')
}

/** Comments on an entry, and makes the author follow the incident. */
export function commentOnEntry(
  read: CommandRead,
  { commentId, text, mentions, ...ref }: EntryRef & Named & { commentId: string; text: string },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  if (!readIncident(read, ref.incidentId)) return refuse('not-found')
  return [entryDraft(ref, 'entry.comment', { commentId, text, mentions }), ...writerFollows(read, ref.incidentId, edge)]
}

/** Stars an entry, or removes the star. */
export function starEntry(_read: CommandRead, { starred, ...ref }: EntryRef & { starred: boolean }): Draft[] {
  return [entryDraft(ref, 'entry.star', { starred })]
}

/** Adds and removes tags of an entry. */
export function tagEntry(_read: CommandRead, { add, remove, ...ref }: EntryRef & { add: string[]; remove: string[] }): Draft[] {
  return [entryDraft(ref, 'entry.tag', { add, remove })]
}

/** Links an entry with another one, or removes the link. */
export function linkEntry(
  _read: CommandRead,
  { to, relation, remove, ...ref }: EntryRef & { to: string; relation: LinkRelation; remove?: boolean | undefined },
): Draft[] {
  return [entryDraft(ref, 'entry.link', { to, relation, remove })]
}

/** Attaches an already uploaded file to an entry. */
export function attachToEntry(_read: CommandRead, { evidence, ...ref }: EntryRef & { evidence: Evidence }): Draft[] {
  return [entryDraft(ref, 'entry.attach', { evidence })]
}
