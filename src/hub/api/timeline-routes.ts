import { z } from 'zod'
import { Uuid } from '#domain/log/ids.ts'
import type { Entity } from '#domain/log/entity.ts'
import { restoreMasked } from '#domain/privacy/restore-masked.ts'
import { DecisionDetail, ENTRY_KINDS, EntryContent, EntryKind, LIMITS, Tag, TurningPoint, type EntryState } from '#domain/timeline/entry.ts'
import { EventTime } from '#domain/time/event-time.ts'
import { correctEntry, readEntry, recordEntry } from '#domain/commands/entry-commands.ts'
import { fail } from '#contract/failures.ts'
import {
  IdempotencyHeaders,
  IncidentParams,
  NamedMembers,
  PROBLEMS,
  sendWritten,
  shown,
  Unreadable,
  writeOnce,
  type ApiApp,
  type ApiParts,
} from './api-parts.ts'
import { sendProblem } from './problem.ts'
import { runCommand } from './run-command.ts'
import { Written } from './write-ops.ts'

const Entry = z.object({
  id: Uuid,
  seq: z.int().describe('its place in the log of the incident'),
  kind: EntryKind,
  text: z.string(),
  happenedAt: z.int(),
  recordedAt: z.int(),
  author: z.string(),
  decision: DecisionDetail.optional(),
  turningPoint: TurningPoint.optional(),
  tags: z.array(z.string()),
  starred: z.boolean(),
  corrected: z.int().describe('how often it was corrected'),
})

function entryOf(seq: number, { id, state }: Entity<EntryState>): z.infer<typeof Entry> {
  const { kind, text, happenedAt, recordedAt, author, decision, turningPoint, tags, starred, corrections } = state
  return {
    id: id as Uuid,
    seq,
    kind,
    text,
    happenedAt,
    recordedAt,
    author,
    ...(decision ? { decision } : {}),
    ...(turningPoint ? { turningPoint } : {}),
    tags,
    starred,
    corrected: corrections.length,
  }
}

const WrittenKind = z.enum(
  ENTRY_KINDS.filter((kind) => kind !== 'system') as [Exclude<EntryKind, 'system'>, ...Exclude<EntryKind, 'system'>[]],
)
const { text, decision, turningPoint } = EntryContent.shape
const AddBody = z.strictObject({
  kind: WrittenKind,
  text,
  happenedAt: EventTime.optional().describe('now unless given'),
  decision,
  turningPoint,
  tags: z.array(Tag).max(LIMITS.tags).optional(),
  mentions: NamedMembers.optional(),
})
const CorrectBody = z.strictObject({
  content: z.strictObject({ kind: WrittenKind, text, happenedAt: EventTime, decision, turningPoint }),
  reason: z.string().trim().min(1).max(500),
  mentions: NamedMembers.optional().describe('of the whole corrected text; who was named before is not told again'),
})
const PageQuery = z.object({
  after: z.coerce.number().int().min(0).default(0).describe('cursor: next of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const Answer = z.object({ id: Uuid, record: Written })

/** Routes for timeline entries: read a page, add, correct. */
export function timelineRoutes(app: ApiApp, parts: ApiParts): void {
  const { hub, read, ownerOf } = parts
  app.get(
    '/incidents/:incidentId/entries',
    {
      config: { tokenScope: 'timeline:read' },
      schema: {
        operationId: 'listEntries',
        tags: ['timeline'],
        params: IncidentParams,
        querystring: PageQuery,
        response: { 200: z.object({ entries: z.array(Entry), next: z.int().nullable(), unreadable: Unreadable }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { memberId } = ownerOf(request)
      const { incidentId } = request.params
      if (!(await read.incident(memberId, incidentId))) return sendProblem(reply, fail('not-found').failure)
      const page = await read.entries(memberId, incidentId, request.query.after, request.query.limit)
      const { shown: entries, unreadable } = shown(Entry, page.entries, ({ seq, entry }) => entryOf(seq, entry), page.unreadable)
      return { entries, next: page.next, unreadable }
    },
  )
  app.post(
    '/incidents/:incidentId/entries',
    {
      config: { tokenScope: 'timeline:write' },
      schema: {
        operationId: 'addEntry',
        tags: ['timeline'],
        headers: IdempotencyHeaders,
        params: IncidentParams,
        body: AddBody,
        response: { 201: Answer, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const answer = await writeOnce(parts, request, async (ids) => {
        const id = ids('entry')
        const act = { incidentId: request.params.incidentId, entryId: id, entry: request.body }
        const written = await runCommand(hub, ownerOf(request).memberId, ids, (seen, edge) => recordEntry(seen, act, edge))
        return written.ok ? { ok: true, value: { id, record: written.value } } : written
      })
      return sendWritten(reply, answer)
    },
  )
  app.post(
    '/incidents/:incidentId/entries/:entryId/corrections',
    {
      config: { tokenScope: 'timeline:write' },
      schema: {
        operationId: 'correctEntry',
        tags: ['timeline'],
        headers: IdempotencyHeaders,
        params: IncidentParams.extend({ entryId: Uuid }),
        body: CorrectBody,
        response: { 201: Answer, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { incidentId, entryId } = request.params
      const answer = await writeOnce(parts, request, async (ids) => {
        const ref = { incidentId, entryId }
        const written = await runCommand(hub, ownerOf(request).memberId, ids, (seen) => {
          // A client sends back the masked text that it read: restores the original numbers where the masks are unchanged.
          const body = restoreMasked(request.body, readEntry(seen, ref)?.state ?? request.body)
          return body ? correctEntry(seen, { ...ref, ...body.value }) : fail('mask-unclear').failure
        })
        return written.ok ? { ok: true, value: { id: entryId, record: written.value } } : written
      })
      return sendWritten(reply, answer)
    },
  )
}
