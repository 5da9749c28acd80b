import { given, type CommandEdge, type CommandRead, type CommandRefusal, type Draft } from './command.ts'
import { INCIDENT } from '../incidents/incident-entity.ts'
import { isRunning } from '../incidents/incident.ts'
import type { Entity } from '../log/entity.ts'
import { incidentOfScope, incidentScope, TEAM_SCOPE, type ScopeId } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import type { MemberState } from '../members/member.ts'
import { RULES, RULES_ID } from '../rules/team-rules.ts'
import { promiseDrafts, type PromiseGiven } from './promise-commands.ts'
import { noteDraft } from './note-draft.ts'
import { authorsOfNext, openAuthors, readEach } from '../wording/authors.ts'
import { policyFor, type ApprovalPolicy, type ApproverRole } from '../rules/approval-policy.ts'
import { CONTENT_LIMITS, contentHash, type WordingContent } from '../wording/content.ts'
import { PLAIN_DELIVERY, type Delivery } from '../wording/delivery.ts'
import { editsTowards, openDraft, readDraft } from '../wording/draft-document.ts'
import { generationOf } from '../wording/draft-generations.ts'
import { lastDelivery } from '../wording/published.ts'
import { joinValues, sameValues, valuesFor } from '../wording/values.ts'
import { REVISION, valuesId, WORDING, WORDING_DRAFT, WORDING_VALUES } from '../wording/wording-entity.ts'
import type {
  Overruled,
  PinnedComment,
  RevisionState,
  VariableValues,
  Verdict,
  WordingKind,
  WordingOrigin,
  WordingPlace,
  WordingState,
} from '../wording/wording.ts'

type WordingRef = { wordingId: string }

/** The scope of the texts of an incident, or of the standing library. */
export const wordingScope = (incidentId: string | null): ScopeId => (incidentId === null ? TEAM_SCOPE : incidentScope(incidentId))

function draftOf(kind: string, scope: ScopeId, id: string, type: string, body: Draft['body'], after?: readonly number[]): Draft {
  return { scope, kind, id, type, body, ...(after ? { after } : {}) }
}

function findWording(read: CommandRead, wordingId: string): Entity<WordingState> | undefined {
  return read.one(WORDING, wordingId)
}

/** The policy for a text now. */
export const policyOf = (read: CommandRead, { scope, state }: Entity<WordingState>): ApprovalPolicy => policyIn(read, scope, state.kind)

function policyIn(read: CommandRead, scope: ScopeId, kind: WordingKind): ApprovalPolicy {
  const incidentId = incidentOfScope(scope)
  const level = incidentId === null ? 0 : (read.one(INCIDENT, incidentId)?.state.level ?? 1)
  return policyFor(read.one(RULES, RULES_ID)?.state.rules.approvals, kind, level)
}

/** The stored values for the variables of a scope: the incident's own before the team's. */
export function valuesOf(read: CommandRead, scope: ScopeId): VariableValues {
  const team = read.one(WORDING_VALUES, TEAM_SCOPE)?.state.values ?? {}
  return scope === TEAM_SCOPE ? team : joinValues(team, read.one(WORDING_VALUES, valuesId(scope))?.state.values ?? {})
}

/** `authors`: who wrote a part of the content that is not approved. */
type NewWording = WordingRef & {
  incidentId: string | null
  place: WordingPlace
  content: WordingContent
  origin?: WordingOrigin | null
  authors?: readonly string[]
}

/** The values that fill the variables of a revision now; none if it is not there. */
export function valuesOfRevision(read: CommandRead, revisionId: string): VariableValues {
  const revision = read.one(REVISION, revisionId)
  return revision ? valuesFor(revision.state.content, valuesOf(read, revision.scope)) : {}
}

/** Creates several texts in one transaction. */
export function createWordings(read: CommandRead, inputs: readonly NewWording[]): Draft[] {
  return inputs.flatMap((input, index) =>
    // Each draft depends on the wording before it.
    createWording(read, input).map((draft) => (draft.after ? { ...draft, after: draft.after.map((at) => at + index * 2) } : draft)),
  )
}

/** Creates a text with its first draft. */
export function createWording(_read: CommandRead, input: NewWording): Draft[] {
  const { wordingId, incidentId, place, content, origin = null, authors = [] } = input
  const scope = wordingScope(incidentId)
  const { title, core } = content
  return [
    draftOf('wording', scope, wordingId, 'wording.create', { place, title, core, origin }),
    draftOf('wording-draft', scope, wordingId, 'wording-draft.start', { content, authors }, [0]),
  ]
}

/** Copies a text, in its published or else its last version, into an incident or the library; the copy knows its origin. */
export function copyWording(
  read: CommandRead,
  { wordingId, from, incidentId }: WordingRef & { from: string; incidentId: string | null },
): Draft[] | CommandRefusal {
  const source = findWording(read, from)
  const revisionId = source?.state.live?.revisionId ?? source?.state.revisions.at(-1)?.id
  const revision = revisionId === undefined ? undefined : read.one(REVISION, revisionId)
  if (!source || !revision) return refuse('not-found')
  const { kind, statement, scenario, emotion, language, preparedFor } = source.state
  const origin = {
    wordingId: from as WordingOrigin['wordingId'],
    revisionId: revision.id as WordingOrigin['revisionId'],
    hash: revision.state.hash,
  }
  const place = { kind, statement, scenario, emotion, language, preparedFor }
  const authors = openAuthors(revision.state, policyIn(read, wordingScope(incidentId), kind))
  return createWording(read, { wordingId, incidentId, place, content: revision.state.content, origin, authors })
}

/** Moves a text to another place of the library. */
export function moveWording(
  read: CommandRead,
  { wordingId, place }: WordingRef & { place: { [Field in keyof WordingPlace]?: WordingPlace[Field] | undefined } },
): Draft[] | CommandRefusal {
  const wording = findWording(read, wordingId)
  return wording ? [draftOf('wording', wording.scope, wordingId, 'wording.move', given(place))] : refuse('not-found')
}

/** Removes a text from the library, or brings it back. */
export function removeWording(read: CommandRead, { wordingId, removed }: WordingRef & { removed: boolean }): Draft[] | CommandRefusal {
  const wording = findWording(read, wordingId)
  return wording ? [draftOf('wording', wording.scope, wordingId, 'wording.remove', { removed })] : refuse('not-found')
}

/** Writes an edit (a Yjs update, base64) to a draft. `generation`: that of the document which was edited. */
export function editDraft(
  read: CommandRead,
  { wordingId, update, generation: of }: WordingRef & { update: string; generation: number },
): Draft[] | CommandRefusal {
  const draft = read.one(WORDING_DRAFT, wordingId)
  return draft ? [editOp(draft, { update, authors: [], of })] : refuse('not-found')
}

const editOp = (
  { scope, id }: { scope: ScopeId; id: string },
  body: { update: string; authors: readonly string[]; of: number },
  after?: number[],
): Draft => ({ ...draftOf('wording-draft', scope, id, 'wording-draft.edit', body, after), version: 2 })

/** Changes a draft to a given content. `authors`: who wrote a part of it that is not approved. */
export function replaceDraft(
  read: CommandRead,
  { wordingId, content, authors }: WordingRef & { content: WordingContent; authors: readonly string[] },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const draft = read.one(WORDING_DRAFT, wordingId)
  if (!draft) return refuse('not-found')
  // Yjs takes 32 bits as a client id; small numbers are reserved.
  const client = Number.parseInt(edge.uuid().replaceAll('-', '').slice(-8), 16) + 2
  const updates = editsTowards(draft.state.doc, content, client)
  const of = generationOf(draft.state)
  return updates.map((update, index) => editOp(draft, { update, authors, of }, index === 0 ? undefined : [index - 1]))
}

/**
 * Settles words that are kept beside a draft. Put back, they become a part of their own at the end of the text, where nobody overlooks
 * them; their author becomes one of the text. `index`, `at`: which of the kept words, as they were read.
 */
export function settleKept(
  read: CommandRead,
  { wordingId, index, at, putBack }: WordingRef & { index: number; at: number; putBack: boolean },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const draft = read.one(WORDING_DRAFT, wordingId)
  const kept = draft?.state.kept?.[index]
  if (!draft || kept?.at !== at) return refuse('not-found')
  const { text, by } = kept
  const how = putBack ? 'put-back' : 'dismissed'
  const settle = draftOf('wording-draft', draft.scope, wordingId, 'wording-draft.settle', { text, by, how })
  if (!putBack) return [settle]
  const found = readDraft(openDraft(draft.state.doc))
  if (!found.ok) return refuse('draft-edit', { problem: found.problem })
  const { content } = found
  if (content.blocks.length >= CONTENT_LIMITS.blocks) return refuse('too-many', { limit: CONTENT_LIMITS.blocks })
  const block = { id: edge.uuid(), kind: 'text' as const, text, action: '', owner: '', deadline: '' }
  const edits = replaceDraft(
    read,
    { wordingId, content: { ...content, blocks: [...content.blocks, block] }, authors: by === null ? [] : [by] },
    edge,
  )
  // The words are settled first: of two people who put them back at the same time, one does.
  return 'code' in edits ? edits : [settle, ...edits.map((edit, place) => ({ ...edit, after: [place] }))]
}

/** The members who may approve a text by a policy now, its authors left out. */
function approversOf(read: CommandRead, roles: readonly string[], authors: ReadonlySet<string>, now: number): string[] {
  const holds = ({ role, delegated = [] }: MemberState) =>
    roles.includes(role) || delegated.some(({ as, until }) => now < until && roles.includes(as))
  return read
    .all(MEMBER, TEAM_SCOPE)
    .filter(({ id, state }) => state.status === 'active' && state.vendor === null && holds(state) && !authors.has(id))
    .map(({ id }) => id)
    .toSorted()
    .slice(0, 50)
}

/** Takes the draft as the next revision; `ask` also submits it for approval. */
export function saveRevision(
  read: CommandRead,
  input: WordingRef & { revisionId: string; note: string; overruled: readonly Overruled[]; ask: boolean },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const { wordingId, revisionId, note, overruled, ask } = input
  const wording = findWording(read, wordingId)
  const draft = read.one(WORDING_DRAFT, wordingId)
  if (!wording || !draft) return refuse('not-found')
  const found = readDraft(openDraft(draft.state.doc))
  if (!found.ok) return refuse('draft-edit', { problem: found.problem })
  const { content } = found
  const number = wording.state.revisions.length + 1
  const hash = contentHash(content)
  const { base } = draft.state
  const revisionsOf = readEach((id) => read.one(REVISION, id)?.state)
  const { open: contributors } = authorsOfNext(wording.state, draft.state, revisionsOf, { base, hash }, policyOf(read, wording))
  const { title, core } = content
  const { scope } = wording
  const drafts = [
    draftOf('revision', scope, revisionId, 'revision.write', {
      wordingId,
      number,
      content,
      base,
      contributors,
      note,
      overruled,
    }),
    draftOf('wording', scope, wordingId, 'wording.add-revision', { revisionId, number, hash, title, core }, [0]),
    { ...draftOf('wording-draft', scope, wordingId, 'wording-draft.taken', { revisionId, hash }, [0, 1]), version: 2 },
  ]
  if (!ask) return drafts
  const policy = policyOf(read, wording)
  const asked = approversOf(read, policy.roles, new Set([...contributors, edge.actorId ?? '']), edge.now)
  return [...drafts, draftOf('revision', scope, revisionId, 'revision.ask', { hash, policy, asked }, [0, 1])]
}

/** Submits a revision for approval. */
export function askApproval(
  read: CommandRead,
  { revisionId }: { revisionId: string },
  { now }: Pick<CommandEdge, 'now'>,
): Draft[] | CommandRefusal {
  const revision = read.one(REVISION, revisionId)
  const wording = revision && findWording(read, revision.state.wordingId)
  if (!revision || !wording) return refuse('not-found')
  const policy = policyOf(read, wording)
  const asked = approversOf(read, policy.roles, new Set(revision.state.contributors), now)
  return [draftOf('revision', revision.scope, revisionId, 'revision.ask', { hash: revision.state.hash, policy, asked })]
}

/** Approves or rejects a revision; `hash` and `values`: the text that the actor read, and what filled its variables. */
export function decideRevision(
  read: CommandRead,
  input: {
    revisionId: string
    hash: string
    verdict: Verdict
    as: ApproverRole
    comparedWith: string | null
    values: VariableValues
    note: string
    comments: readonly PinnedComment[]
  },
): Draft[] | CommandRefusal {
  const { revisionId, hash, verdict, as, comparedWith, note, comments, values } = input
  const revision = read.one(REVISION, revisionId)
  if (!revision) return refuse('not-found')
  const { contributors: tell } = revision.state
  // Values are a part of what is said: who read others has not read this text.
  if (!sameValues(valuesOfRevision(read, revisionId), values)) return refuse('changed-meanwhile', { field: 'values' })
  const body = { hash, verdict, as, comparedWith, note, comments, tell, values }
  return [{ ...draftOf('revision', revision.scope, revisionId, 'revision.decide', body), version: 2 }]
}

function releaseNote(
  read: CommandRead,
  wording: Entity<WordingState>,
  { number, content }: RevisionState,
  edge: CommandEdge,
  code: 'wording-published' | 'wording-released' | 'wording-withdrawn',
  params: Record<string, string>,
): Draft[] {
  const incidentId = incidentOfScope(wording.scope)
  const incident = incidentId === null ? undefined : read.one(INCIDENT, incidentId)?.state
  // A closed incident takes no entries; a wrong text is withdrawn nevertheless.
  if (incidentId === null || !incident || !isRunning(incident)) return []
  return [noteDraft(incidentId, edge.uuid(), edge.now, code, { title: content.title, number, wordingId: wording.id, ...params }, [0])]
}

/** Begins when the hub records it, whatever the device's clock says. */
const AT_ONCE = 0

/**
 * Publishes a revision in place of the one in use, or the same again, and makes the promises that are given with it; noted in the
 * timeline of its incident. `delivery`: by default as the text went out last, else to all agents.
 */
export function publishWording(
  read: CommandRead,
  input: WordingRef & {
    revisionId: string
    hash: string
    from: number | null
    until: number | null
    summary: string
    emergency: string | null
    delivery?: Delivery | undefined
    promises?: readonly PromiseGiven[] | undefined
  },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const { wordingId, revisionId, hash, from, until, summary, emergency } = input
  const wording = findWording(read, wordingId)
  const revision = read.one(REVISION, revisionId)
  if (!wording || revision?.state.wordingId !== wordingId) return refuse('not-found')
  const { number, content } = revision.state
  const values = valuesFor(content, valuesOf(read, wording.scope))
  const promises = promiseDrafts(read, { wording, revisionId, content, values }, input.promises ?? [])
  if ('code' in promises) return promises
  const delivery = input.delivery ?? lastDelivery(wording.state) ?? PLAIN_DELIVERY
  const published = { revisionId, number, hash, from: from ?? AT_ONCE, until, summary, values, emergency, delivery }
  return [
    { ...draftOf('wording', wording.scope, wordingId, 'wording.publish', published), version: 2 },
    ...(emergency === null
      ? releaseNote(read, wording, revision.state, edge, 'wording-published', {})
      : releaseNote(read, wording, revision.state, edge, 'wording-released', { emergency })),
    ...promises,
  ]
}

/** Withdraws the published revision; `instead`: what to say now. */
export function withdrawWording(
  read: CommandRead,
  { wordingId, reason, instead }: WordingRef & { reason: string; instead: string },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const wording = findWording(read, wordingId)
  const live = wording?.state.live
  const revision = live && read.one(REVISION, live.revisionId)
  if (!wording) return refuse('not-found')
  if (!live || !revision) return refuse('not-live')
  return [
    draftOf('wording', wording.scope, wordingId, 'wording.withdraw', { revisionId: live.revisionId, reason, instead }),
    ...releaseNote(read, wording, revision.state, edge, 'wording-withdrawn', { reason, instead }),
  ]
}

/** Sets values of variables for an incident, or for the team. An empty value counts as none. */
export function setValues(_read: CommandRead, { incidentId, values }: { incidentId: string | null; values: VariableValues }): Draft[] {
  const scope = wordingScope(incidentId)
  return [draftOf('wording-values', scope, valuesId(scope), 'wording-values.set', { values })]
}

/** Lets another member approve in the actor's role until a time; null ends it. */
export function delegateApproval(_read: CommandRead, { to, as, until }: { to: string; as: ApproverRole; until: number | null }): Draft[] {
  return [draftOf('member', TEAM_SCOPE, to, 'member.delegate', { as, until: until ?? 0 })]
}
