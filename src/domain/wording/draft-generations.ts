import type { Applied } from '../log/entity.ts'
import { fieldsOf, type WordingContent } from './content.ts'
import {
  applyEdit,
  changeDraft,
  editsTowards,
  encodeDraft,
  lateClient,
  openDraft,
  readDraft,
  seedDraft,
  type DraftProblem,
  type EncodedDraft,
} from './draft-document.ts'
import type { LostText } from './draft-lost.ts'
import { countStructs, DRAFT_BOUNDS } from './draft-update.ts'
import { DRAFT_KEPT, type WordingDraftState } from './wording.ts'

/** A draft begins anew with the next revision when its history is this much longer than its text: items, conflicts, client ids, characters. */
const LONG = { structs: 1000, conflicts: DRAFT_BOUNDS.conflicts / 10, clients: 50, doc: 100_000 } as const

type Draft = WordingDraftState
/** `of`: the generation whose document was edited. */
type Edit = { update: string; of: number }
type Edited = { ok: true; state: Draft } | { ok: false; problem: DraftProblem }

export const generationOf = (state: Pick<Draft, 'generation'>): number => state.generation ?? 0

function withKept(state: Draft, lost: readonly LostText[], at: number): Draft {
  if (lost.length === 0) return state
  const kept = lost.map(({ text, by }) => ({ text: text.slice(0, DRAFT_KEPT.text), by, at }))
  return { ...state, kept: [...(state.kept ?? []), ...kept].slice(-DRAFT_KEPT.texts) }
}

/** Two contents that were made from one, merged by field and by character; null if the result is too long. */
function mergeContents(base: WordingContent, mine: WordingContent, theirs: WordingContent): WordingContent | null {
  const seed = seedDraft(base)
  let merged: EncodedDraft = { doc: seed, clients: {} }
  for (const [client, content] of [mine, theirs].entries())
    for (const update of editsTowards(seed, content, client + 2)) {
      const next = applyEdit(merged, update, '')
      if (!next.ok) return null
      merged = next
    }
  const read = readDraft(openDraft(merged.doc))
  return read.ok ? read.content : null
}

/** Writes what an edit of the generation before has changed into the document of this one; text without a place is returned. */
function carryOver(state: Draft, before: WordingContent, after: WordingContent): { doc: string; lost: string[] } {
  const doc = openDraft(state.doc)
  const current = readDraft(doc)
  const was = new Map(fieldsOf(before).map(({ at, text }) => [at, text]))
  const changed = fieldsOf(after).filter(({ at, text }) => was.get(at) !== text)
  const merged = current.ok ? mergeContents(before, after, current.content) : null
  if (!merged) return { doc: state.doc, lost: changed.map(({ text }) => text) }
  doc.clientID = lateClient(generationOf(state))
  changeDraft(doc, merged)
  if (countStructs(doc) > DRAFT_BOUNDS.structs) return { doc: state.doc, lost: changed.map(({ text }) => text) }
  const places = new Set(fieldsOf(merged).map(({ at }) => at))
  return { doc: encodeDraft(doc), lost: changed.filter(({ at }) => !places.has(at)).map(({ text }) => text) }
}

/**
 * Applies an edit to the document that it was made on: the draft's, or that of the generation before, of which it is carried
 * over as a change of text. An edit of the generation before is carried over only once it is recorded: until then, its result
 * could differ from that of the hub, while its items had the same ids.
 * @param applied `actor`, `recordedAt`; `seq`: null while it is pending
 */
export function editDraftState(state: Draft, { update, of }: Edit, applied: Pick<Applied, 'actor' | 'recordedAt' | 'seq'>): Edited {
  const { actor, recordedAt } = applied
  if (of === generationOf(state)) {
    const edited = applyEdit(state, update, actor)
    if (!edited.ok) return edited
    const { doc, clients, conflicts, lost } = edited
    return { ok: true, state: withKept({ ...state, doc, clients, conflicts }, lost, recordedAt) }
  }
  const { previous } = state
  if (!previous || of !== generationOf(state) - 1) return { ok: false, problem: 'incomplete' }
  const edited = applyEdit(previous, update, actor)
  if (!edited.ok) return edited
  const { doc, clients, conflicts } = edited
  const late = { ...state, previous: { doc, clients, conflicts } }
  const [before, after] = [previous.doc, doc].map((one) => readDraft(openDraft(one)))
  if (applied.seq === null || !before?.ok || !after?.ok) return { ok: true, state: late }
  const carried = carryOver(state, before.content, after.content)
  const lost = [...edited.lost, ...carried.lost.filter((text) => text.trim() !== '').map((text) => ({ text, by: actor }))]
  return { ok: true, state: withKept({ ...late, doc: carried.doc }, lost, recordedAt) }
}

/**
 * A draft whose history is long, with a new document that has only its text; the old one stays for edits that are under way.
 * @param beside what the text alone takes counts with the history (`nothing`, as in an earlier version) or not (`text`)
 */
export function beginAnew(state: Draft, beside: 'nothing' | 'text'): Draft {
  const opened = openDraft(state.doc)
  const { doc, clients, conflicts = 0 } = state
  const isLonger = (structs: number, length: number) => countStructs(opened) > LONG.structs + structs || doc.length > LONG.doc + length
  const isLong = isLonger(0, 0) || conflicts > LONG.conflicts || Object.keys(clients).length > LONG.clients
  const read = readDraft(opened)
  if (!isLong || !read.ok) return state
  const generation = generationOf(state) + 1
  const seed = seedDraft(read.content, generation)
  const isLargeOnly = conflicts <= LONG.conflicts && Object.keys(clients).length <= LONG.clients
  if (beside === 'text' && isLargeOnly && !isLonger(countStructs(openDraft(seed)), seed.length)) return state
  return {
    ...state,
    generation,
    doc: seed,
    clients: {},
    conflicts: 0,
    previous: { doc, clients, conflicts },
  }
}
