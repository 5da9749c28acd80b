import type { CommandRead } from '#domain/commands/command.ts'
import { valuesOf, valuesOfRevision } from '#domain/commands/wording-commands.ts'
import type { EntityReader } from '#domain/define-entity.ts'
import type { EntityKind } from '#domain/entity-kinds.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentOfScope } from '#domain/log/ids.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import { permit } from '#domain/permissions/permit.ts'
import { RULES, RULES_ID } from '#domain/rules/team-rules.ts'
import { approvalNow, reviewNow } from '#domain/wording/approval-now.ts'
import { approvalOf } from '#domain/wording/approval.ts'
import { findingsOf } from '#domain/wording/content-checks.ts'
import { fieldsOf, type WordingContent } from '#domain/wording/content.ts'
import { rolesToDecideAs } from '#domain/wording/revision-ops.ts'
import { findingMessage } from '#domain/wording/text/checks/finding.ts'
import { changedFacts } from '#domain/wording/text/difference/changed-facts.ts'
import { difference } from '#domain/wording/text/difference/difference.ts'
import { parseVariables, valueOf } from '#domain/wording/text/variables.ts'
import { fillIn, missingValues, sameValues, valuesFor } from '#domain/wording/values.ts'
import { REVISION, WORDING } from '#domain/wording/wording-entity.ts'
import type { RevisionState, VariableValues, WordingState } from '#domain/wording/wording.ts'
import type { ReadFinding, TextPiece, WaitingRow, WaitingText } from '#contract/approval-wire.ts'

type Reader = { read: CommandRead; memberId: string; now: number }
type Revision = Entity<RevisionState>

const nameIn = (read: CommandRead, id: string) => read.one(MEMBER, id)?.state.name ?? ''

/** What a decision by the member reads. */
export function deciderOf({ read, memberId, now }: Reader) {
  const reader: EntityReader = { read: (kind, id) => read.one({ kind: kind as EntityKind, as: (entity) => entity }, id) }
  return { ...reader, actorId: memberId, actor: read.one(MEMBER, memberId)?.state ?? null, now }
}

type Current = { revision: Revision; wording: Entity<WordingState> }

/** The revision of a wording that was submitted last, with that wording. */
function findCurrent(read: CommandRead, revisionId: string): Current | null {
  const revision = read.one(REVISION, revisionId)
  const wording = revision && read.one(WORDING, revision.state.wordingId)
  if (!revision?.state.review || !wording || wording.state.removed) return null
  const place = wording.state.revisions.findIndex(({ id }) => id === revisionId)
  // A newer revision in approval makes the decision on this one needless; one that was only saved does not.
  const isNewerAsked = wording.state.revisions.slice(place + 1).some(({ id }) => read.one(REVISION, id)?.state.review)
  return place >= 0 && !isNewerAsked ? { revision, wording } : null
}

/**
 * Whether a revision waits for decisions: in the log, or again since the policy, the people or the values have changed. A text that
 * is in use with the values of now waits for nothing.
 */
function isWaiting(by: Reader, { revision, wording }: Current): boolean {
  if (approvalOf(revision.state).status === 'in-review') return true
  const { live } = wording.state
  if (live?.revisionId === revision.id && sameValues(live.values, valuesOfRevision(by.read, revision.id))) return false
  return approvalNow(deciderOf(by), revision).status === 'in-review'
}

function rowOf(by: Reader, { revision, wording }: Current): WaitingRow | null {
  const { id, scope, state } = revision
  const { review, content, number, hash } = state
  const decider = deciderOf(by)
  const incidentId = incidentOfScope(scope)
  const incident = incidentId === null ? undefined : by.read.one(INCIDENT, incidentId)?.state
  // People outside the company read what is published only.
  if (!review || !decider.actor || decider.actor.vendor !== null) return null
  const actor = { id: by.memberId, state: decider.actor, now: by.now }
  const mayRelease = approvalNow(decider, revision).status === 'in-review' && permit(actor, 'wording.release', { incident }) === null
  return {
    revisionId: id,
    number,
    hash,
    title: content.title,
    core: fillIn(content.core, valuesOf(by.read, scope)),
    kind: wording.state.kind,
    preparedFor: wording.state.preparedFor,
    incidentTitle: incident?.title ?? null,
    askedAt: review.at,
    askedByName: nameIn(by.read, review.by),
    dueAt: review.dueAt,
    mayApproveAs: rolesToDecideAs(decider, revision, 'approve'),
    // A text that is in use already needs no release.
    mayRelease: mayRelease && wording.state.live?.revisionId !== id,
  }
}

/** The revisions that wait for a decision of a member, or that they may release; the most urgent first. */
export function waitingFor(by: Reader, revisionIds: readonly string[]): WaitingRow[] {
  return revisionIds
    .flatMap((id) => {
      const found = findCurrent(by.read, id)
      return found && isWaiting(by, found) ? (rowOf(by, found) ?? []) : []
    })
    .filter(({ mayApproveAs, mayRelease }) => mayApproveAs.length > 0 || mayRelease)
    .toSorted((a, b) => Number(b.mayApproveAs.length > 0) - Number(a.mayApproveAs.length > 0) || a.dueAt - b.dueAt)
}

function piecesOf(text: string, values: VariableValues): TextPiece[] {
  return parseVariables(text).map((part): TextPiece => {
    const written = text.slice(part.start, part.end)
    if (part.kind !== 'variable') return { kind: 'text', text: written }
    const value = valueOf(values, part.name).trim()
    return value === '' ? { kind: 'missing', name: part.name } : { kind: 'value', name: part.name, text: value }
  })
}

/** What a field is, as a key of the page's words. */
function partOf(content: WordingContent, at: string): string {
  const [list = '', id = '', field = ''] = at.split('.')
  if (list === 'blocks' && field === 'text') return content.blocks.find((block) => block.id === id)?.kind ?? 'text'
  return list === 'variants' ? 'variant' : list === 'title' || list === 'core' ? list : field
}

const shownFields = (content: WordingContent) => fieldsOf(content).filter(({ text }) => text.trim() !== '')

function comparedTo(read: CommandRead, { state }: Revision, wording: WordingState): WaitingText['compared'] {
  const before = wording.revisions.filter(({ number }) => number < state.number)
  const other = before.find(({ id }) => id === wording.live?.revisionId) ?? before.at(-1)
  const old = other && read.one(REVISION, other.id)
  if (!old) return null
  const [from, to] = [shownFields(old.state.content), shownFields(state.content)]
  const [was, fresh] = [from.map(({ text }) => text), to.map(({ text }) => text)]
  return {
    revisionId: old.id,
    number: old.state.number,
    inUse: old.id === wording.live?.revisionId,
    paragraphs: difference(was, fresh)
      .filter(({ kind }) => kind !== 'same')
      .map(({ kind, segments, before: at, after }) => ({
        kind,
        segments,
        part: after === null ? partOf(old.state.content, from[at ?? 0]?.at ?? '') : partOf(state.content, to[after]?.at ?? ''),
      })),
    facts: changedFacts(was, fresh).map(({ kind, before: gone, after }) => ({
      kind,
      before: gone?.text ?? null,
      after: after?.text ?? null,
    })),
  }
}

/** What the checks find now, and what the author keeps; a kept one that is found no more is listed as well. */
function readFindings(
  read: CommandRead,
  { content, overruled }: RevisionState,
  { language }: WordingState,
  values: VariableValues,
): ReadFinding[] {
  const checks = read.one(RULES, RULES_ID)?.state.rules.wordingChecks
  const found = findingsOf(content, language, values, checks).map((finding): ReadFinding & { key: string } => ({
    key: `${finding.ruleId} ${finding.excerpt}`,
    severity: finding.severity,
    excerpt: finding.excerpt,
    message: { 'zh-Hans': findingMessage(finding, 'zh-Hans'), en: findingMessage(finding, 'en') },
    reason: overruled.find(({ ruleId, excerpt }) => ruleId === finding.ruleId && excerpt === finding.excerpt)?.reason ?? null,
  }))
  const keys = new Set(found.map(({ key }) => key))
  const others = overruled
    .filter(({ ruleId, excerpt }) => !keys.has(`${ruleId} ${excerpt}`))
    .map(({ excerpt, reason }): ReadFinding => ({ severity: 'kept', excerpt, message: null, reason }))
  return [...found.map(({ key: _key, ...finding }) => finding), ...others]
}

/** One revision in review with all that a decision needs; null when there is none that the member may read. */
export function readWaiting(by: Reader, revisionId: string): WaitingText | null {
  const found = findCurrent(by.read, revisionId)
  const row = found && rowOf(by, found)
  if (!found || !row || !found.revision.state.review) return null
  const { revision, wording } = found
  const { state } = revision
  const values = valuesOf(by.read, revision.scope)
  const decider = deciderOf(by)
  const now = reviewNow(decider, revision)
  return {
    ...row,
    mayRejectAs: rolesToDecideAs(decider, revision, 'reject'),
    own: state.contributors.includes(by.memberId),
    status: approvalOf(now).status,
    values: valuesFor(state.content, values),
    note: state.note,
    authors: state.contributors.map((id) => nameIn(by.read, id)),
    policy: now.review?.policy ?? found.revision.state.review.policy,
    decisions: state.decisions.map((decision) => ({
      as: decision.as,
      verdict: decision.verdict,
      at: decision.at,
      note: decision.note,
      comments: decision.comments.map(({ text }) => text),
      name: nameIn(by.read, decision.memberId),
      counts: now.decisions.includes(decision),
    })),
    fields: shownFields(state.content).map(({ at, text }) => ({
      at,
      part: partOf(state.content, at),
      length: text.length,
      pieces: piecesOf(text, values),
    })),
    missing: missingValues(state.content, values, wording.state.kind),
    findings: readFindings(by.read, state, wording.state, values),
    compared: comparedTo(by.read, revision, wording.state),
  }
}

/** Whether the variables of a text are filled with other values than those that its reader saw. */
export function haveValuesChanged(read: CommandRead, revisionId: string, seen: VariableValues): boolean {
  return read.one(REVISION, revisionId) !== undefined && !sameValues(valuesOfRevision(read, revisionId), seen)
}
