import { z } from 'zod'
import { writeField, type Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { createEntity, defineOp, type DecisionContext } from '../log/op-type.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import type { ImportState } from '../imports/import.ts'
import { Mentions, type Mention } from '../notices/notice.ts'
import { noteFault } from './system-notes.ts'
import { EntryContent, EntryText, Evidence, LIMITS, LinkRelation, SystemEvent, Tag, type EntryState } from './entry.ts'

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
/** What an entry may be corrected into: as whole as when it is recorded, and never a note of the app itself. */
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

/** Who a text names, where it names anybody. */
function namedIn({ mentions }: { mentions?: Mention[] | undefined }): { mentions?: Mention[] } {
  return mentions && mentions.length > 0 ? { mentions } : {}
}

/** The files that an op names as evidence, by hash; none where its body does not fit. */
export function evidenceNamedBy({ type, version, body }: Op): string[] {
  if (version !== 1) return []
  if (type === 'entry.record') return EntryRecord.safeParse(body).data?.evidence?.map(({ hash }) => hash) ?? []
  const attached = type === 'entry.attach' ? EntryAttach.safeParse(body).data : undefined
  return attached ? [attached.evidence.hash] : []
}

export const ENTRY_OPS = [
  defineOp<z.infer<typeof EntryRecord>, EntryState>({
    type: 'entry.record',
    action: (body) => (body.importId === undefined ? 'entry.record' : 'import.write'),
    version: 1,
    kind: 'entry',
    scope: 'incident',
    body: EntryRecord,
    decide: (context, entry, body, op) => {
      if (entry) return refuse('already-exists')
      const fault = body.event ? noteFault({ ...body, event: body.event }, op, context) : null
      if (fault !== null) return refuse('note-of-nothing', { detail: fault })
      if (body.importId === undefined) return null
      const source = context.read('import', body.importId) as Entity<ImportState> | undefined
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
  defineOp<z.infer<typeof EntryCorrect>, EntryState>({
    type: 'entry.correct',
    action: 'entry.correct',
    own: isAuthor,
    version: 1,
    kind: 'entry',
    scope: 'incident',
    body: EntryCorrect,
    decide: (_context, entry) => {
      if (entry?.state.kind === 'system') return refuse('system-entry')
      return isThere(entry) ?? full(entry?.state.corrections, LIMITS.corrections)
    },
    // Every correction is kept with what stood before it, so the order at the hub is the history and nothing is overwritten.
    fold: (entry, body, applied) => {
      if (!entry || entry.state.corrections.length >= LIMITS.corrections) return entry
      const { decision: _decision, turningPoint: _turningPoint, mentions: _mentions, ...rest } = entry.state
      const correction = { by: applied.actor, at: applied.recordedAt, reason: body.reason, before: contentOf(entry.state) }
      return { ...entry, state: { ...rest, ...body.content, ...namedIn(body), corrections: [...entry.state.corrections, correction] } }
    },
  }),
  defineOp<z.infer<typeof EntryStar>, EntryState>({
    type: 'entry.star',
    action: 'entry.star',
    version: 1,
    kind: 'entry',
    scope: 'incident',
    body: EntryStar,
    decide: (_context, entry) => isThere(entry),
    fold: (entry, body, applied) => (entry ? writeField(entry, 'starred', body.starred, applied) : undefined),
  }),
  defineOp<z.infer<typeof EntryTag>, EntryState>({
    type: 'entry.tag',
    action: 'entry.mark',
    own: isAuthor,
    version: 1,
    kind: 'entry',
    scope: 'incident',
    body: EntryTag,
    decide: (_context, entry, body) => isThere(entry) ?? (body.add.length > 0 ? full(entry?.state.tags, LIMITS.tags) : null),
    fold: (entry, body) => {
      if (!entry) return undefined
      const kept = entry.state.tags.filter((tag) => !body.remove.includes(tag))
      return change(entry, { tags: [...new Set([...kept, ...body.add])].slice(0, LIMITS.tags) })
    },
  }),
  defineOp<z.infer<typeof EntryLinkChange>, EntryState>({
    type: 'entry.link',
    action: 'entry.mark',
    own: isAuthor,
    version: 1,
    kind: 'entry',
    scope: 'incident',
    body: EntryLinkChange,
    decide: (context, entry, body, op) => {
      const refusal = isThere(entry)
      if (refusal || body.remove) return refusal
      if (body.to === op.entity.id || context.read('entry', body.to)?.scope !== op.scope) return refuse('entry-not-in-incident')
      return full(entry?.state.links, LIMITS.links)
    },
    fold: (entry, body) => {
      if (!entry) return undefined
      const others = entry.state.links.filter((link) => link.to !== body.to)
      return change(entry, { links: body.remove ? others : [...others, { to: body.to, relation: body.relation }].slice(0, LIMITS.links) })
    },
  }),
  defineOp<z.infer<typeof EntryComment>, EntryState>({
    type: 'entry.comment',
    action: 'entry.comment',
    version: 1,
    kind: 'entry',
    scope: 'incident',
    body: EntryComment,
    decide: (_context, entry) => isThere(entry) ?? full(entry?.state.comments, LIMITS.comments),
    fold: (entry, body, applied) => {
      if (!entry || entry.state.comments.some((comment) => comment.id === body.commentId)) return entry
      const comment = { id: body.commentId, author: applied.actor, text: body.text, at: applied.recordedAt, ...namedIn(body) }
      return change(entry, { comments: [...entry.state.comments, comment].slice(0, LIMITS.comments) })
    },
  }),
  defineOp<z.infer<typeof EntryAttach>, EntryState>({
    type: 'entry.attach',
    action: 'entry.attach',
    own: isAuthor,
    version: 1,
    kind: 'entry',
    scope: 'incident',
    body: EntryAttach,
    decide: (_context, entry) => isThere(entry) ?? full(entry?.state.evidence, LIMITS.evidence),
    fold: (entry, body) => {
      if (!entry || entry.state.evidence.some((one) => one.hash === body.evidence.hash && one.name === body.evidence.name)) return entry
      return change(entry, { evidence: [...entry.state.evidence, body.evidence].slice(0, LIMITS.evidence) })
    },
  }),
]
