import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { IMPORT } from '../imports/import-entity.ts'
import { createEntity, writeField, type Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { idsOf, Mentions, newlyNamed, type Mention, type NoticeCall } from '../notices/notice.ts'
import { ENTRY } from './entry-entity.ts'
import { EntryContent, EntryText, Evidence, LIMITS, LinkRelation, SystemEvent, Tag, type EntryState } from './entry.ts'
import { noteFault } from './system-notes.ts'

const decisionIsWhole = (entry: EntryContent) => entry.kind !== 'decision' || entry.decision !== undefined
const turningPointIsNamed = (entry: EntryContent) => entry.kind !== 'turning-point' || entry.turningPoint !== undefined
const DECISION_NEEDS = { path: ['decision'], message: 'a decision names its reason and who decided' }
const TURNING_POINT_NEEDS = { path: ['turningPoint'], message: 'which turning point' }

export const EntryRecord = EntryContent.extend({
  tags: z.array(Tag).max(LIMITS.tags).optional(),
  evidence: z.array(Evidence).max(LIMITS.evidence).optional(),
  event: SystemEvent.optional(),
  importId: LoggedUuid.optional(),
  sourceLine: z.int().min(1).optional(),
  mentions: Mentions.optional(),
})
  .refine(decisionIsWhole, DECISION_NEEDS)
  .refine(turningPointIsNamed, TURNING_POINT_NEEDS)
  .refine((entry) => (entry.kind === 'system') === (entry.event !== undefined), {
    path: ['event'],
    message: 'system entries, and only they, carry an event',
  })
/** A corrected entry must be as complete as a new one, and cannot become a system note. */
const CorrectedContent = EntryContent.refine(decisionIsWhole, DECISION_NEEDS)
  .refine(turningPointIsNamed, TURNING_POINT_NEEDS)
  .refine((entry) => entry.kind !== 'system', { path: ['kind'], message: 'only the app writes system entries' })
/** `mentions` are those of the whole corrected text. */
export const EntryCorrect = z.strictObject({
  content: CorrectedContent,
  reason: z.string().trim().min(1).max(500),
  mentions: Mentions.optional(),
})
export const EntryStar = z.strictObject({ starred: z.boolean() })
export const EntryTag = z.strictObject({ add: z.array(Tag).max(LIMITS.tags), remove: z.array(Tag).max(LIMITS.tags) })
export const EntryLinkChange = z.strictObject({ to: LoggedUuid, relation: LinkRelation, remove: z.boolean().optional() })
export const EntryComment = z.strictObject({ commentId: LoggedUuid, text: EntryText, mentions: Mentions.optional() })
export const EntryAttach = z.strictObject({ evidence: Evidence })

type Entry = Entity<EntryState>

function isAuthor(entry: Entry, context: DecisionContext): boolean {
  return entry.state.author === context.actorId
}

function isThere(entry: Entry | undefined): Refusal | null {
  return entry ? null : refuse('not-found')
}

function full(list: readonly unknown[] | undefined, limit: number): Refusal | null {
  return list && list.length >= limit ? refuse('too-many', { limit }) : null
}

function change(entry: Entry, state: Partial<EntryState>): Entry {
  return { ...entry, state: { ...entry.state, ...state } }
}

function contentOf({ kind, text, happenedAt, decision, turningPoint }: EntryContent): EntryContent {
  return { kind, text, happenedAt, ...(decision ? { decision } : {}), ...(turningPoint ? { turningPoint } : {}) }
}

/** The mentions of a text, if any. */
function namedIn({ mentions }: { mentions?: Mention[] | undefined }): { mentions?: Mention[] } {
  return mentions && mentions.length > 0 ? { mentions } : {}
}

/** The hashes of the files that an op names as evidence; none if its body does not fit. */
export function evidenceNamedBy({ type, version, body }: Op): string[] {
  if (version !== 1) return []
  if (type === 'entry.record') return EntryRecord.safeParse(body).data?.evidence?.map(({ hash }) => hash) ?? []
  const attached = type === 'entry.attach' ? EntryAttach.safeParse(body).data : undefined
  return attached ? [attached.evidence.hash] : []
}

export const ENTRY_OPS = [
  ENTRY.op('entry.record', {
    version: 1,
    body: EntryRecord,
    action: (body) => (body.importId === undefined ? 'entry.record' : 'import.write'),
    expects: null,
    notifies: {
      may: ({ kind, mentions }) => mentions !== undefined || kind === 'decision' || kind === 'statement',
      calls: ({ kind, importId, mentions }, { followers }) => {
        // Imported entries are old news, and system notes are covered by the notice of their cause.
        if (importId !== undefined || kind === 'system') return []
        const told: NoticeCall[] = kind === 'decision' || kind === 'statement' ? [{ to: followers(), rule: kind }] : []
        return [{ to: idsOf(mentions), rule: 'mentioned', params: { where: 'entry' } }, ...told]
      },
    },
    webhook: ({ importId, kind }) => {
      // Imported entries do not send one webhook event per line.
      if (importId !== undefined || kind === 'system') return []
      return kind === 'statement' ? ['entry.added', 'statement.added'] : ['entry.added']
    },
    decide: (context, entry, body, op) => {
      if (entry) return refuse('already-exists')
      const fault = body.event ? noteFault({ ...body, event: body.event }, op, context) : null
      if (fault !== null) return refuse('note-of-nothing', { detail: fault })
      if (body.importId === undefined) return null
      const source = IMPORT.read(context, body.importId)
      return source?.scope === op.scope && source.state.phase === 'running' ? null : refuse('import-not-running')
    },
    fold: (entry, body, applied, op) =>
      entry ??
      createEntity<EntryState>(op, {
        ...contentOf(body),
        author: applied.actor,
        recordedAt: applied.recordedAt,
        ...(body.event ? { event: body.event } : {}),
        ...namedIn(body),
        starred: false,
        tags: [...new Set(body.tags ?? [])],
        links: [],
        evidence: body.evidence ?? [],
        comments: [],
        corrections: [],
        importId: body.importId ?? null,
        sourceLine: body.sourceLine ?? null,
      }),
  }),
  ENTRY.op('entry.correct', {
    version: 1,
    body: EntryCorrect,
    action: 'entry.correct',
    own: isAuthor,
    expects: null,
    notifies: {
      may: ({ mentions }) => mentions !== undefined,
      calls: ({ mentions }, { state }) => [
        { to: newlyNamed(mentions, state?.mentions), rule: 'mentioned', params: { where: 'correction' } },
      ],
    },
    webhook: 'entry.corrected',
    decide: (_context, entry) => {
      if (entry?.state.kind === 'system') return refuse('system-entry')
      return isThere(entry) ?? full(entry?.state.corrections, LIMITS.corrections)
    },
    // Every correction is kept with the text before it, so the log order is the history and nothing is overwritten.
    fold: (entry, body, applied) => {
      if (!entry || entry.state.corrections.length >= LIMITS.corrections) return entry
      const { decision: _decision, turningPoint: _turningPoint, mentions: _mentions, ...rest } = entry.state
      const correction = { by: applied.actor, at: applied.recordedAt, reason: body.reason, before: contentOf(entry.state) }
      return { ...entry, state: { ...rest, ...body.content, ...namedIn(body), corrections: [...entry.state.corrections, correction] } }
    },
  }),
  ENTRY.op('entry.star', {
    version: 1,
    body: EntryStar,
    action: 'entry.star',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, entry) => isThere(entry),
    fold: (entry, body, applied) => (entry ? writeField(entry, 'starred', body.starred, applied) : undefined),
  }),
  ENTRY.op('entry.tag', {
    version: 1,
    body: EntryTag,
    action: 'entry.mark',
    own: isAuthor,
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, entry, body) => isThere(entry) ?? (body.add.length > 0 ? full(entry?.state.tags, LIMITS.tags) : null),
    fold: (entry, body) => {
      if (!entry) return undefined
      const kept = entry.state.tags.filter((tag) => !body.remove.includes(tag))
      return change(entry, { tags: [...new Set([...kept, ...body.add])].slice(0, LIMITS.tags) })
    },
  }),
  ENTRY.op('entry.link', {
    version: 1,
    body: EntryLinkChange,
    action: 'entry.mark',
    own: isAuthor,
    expects: null,
    notifies: null,
    webhook: null,
    decide: (context, entry, body, op) => {
      const refusal = isThere(entry)
      if (refusal || body.remove) return refusal
      if (body.to === op.entity.id || ENTRY.read(context, body.to)?.scope !== op.scope) return refuse('entry-not-in-incident')
      return full(entry?.state.links, LIMITS.links)
    },
    fold: (entry, body) => {
      if (!entry) return undefined
      const others = entry.state.links.filter((link) => link.to !== body.to)
      return change(entry, { links: body.remove ? others : [...others, { to: body.to, relation: body.relation }].slice(0, LIMITS.links) })
    },
  }),
  ENTRY.op('entry.comment', {
    version: 1,
    body: EntryComment,
    action: 'entry.comment',
    expects: null,
    notifies: {
      may: ({ mentions }) => mentions !== undefined,
      calls: ({ commentId, mentions }) => [{ to: idsOf(mentions), rule: 'mentioned', params: { where: 'comment', comment: commentId } }],
    },
    webhook: null,
    decide: (_context, entry) => isThere(entry) ?? full(entry?.state.comments, LIMITS.comments),
    fold: (entry, body, applied) => {
      if (!entry || entry.state.comments.some((comment) => comment.id === body.commentId)) return entry
      const comment = { id: body.commentId, author: applied.actor, text: body.text, at: applied.recordedAt, ...namedIn(body) }
      return change(entry, { comments: [...entry.state.comments, comment].slice(0, LIMITS.comments) })
    },
  }),
  ENTRY.op('entry.attach', {
    version: 1,
    body: EntryAttach,
    action: 'entry.attach',
    own: isAuthor,
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, entry) => isThere(entry) ?? full(entry?.state.evidence, LIMITS.evidence),
    fold: (entry, body) => {
      if (!entry || entry.state.evidence.some((one) => one.hash === body.evidence.hash && one.name === body.evidence.name)) return entry
      return change(entry, { evidence: [...entry.state.evidence, body.evidence].slice(0, LIMITS.evidence) })
    },
  }),
]
