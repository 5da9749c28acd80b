import { z } from 'zod'
import { BULLETIN } from '#domain/bulletins/bulletin-entity.ts'
import { BulletinChange, BulletinMark, type BulletinState } from '#domain/bulletins/bulletin.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope, Uuid } from '#domain/log/ids.ts'
import { ContentHash } from '#domain/wording/content.ts'
import { fail } from '#contract/failures.ts'
import { PROBLEMS, shown, Unreadable, type ApiApp, type ApiParts } from './api-parts.ts'
import { sendProblem } from './problem.ts'

/** Bulletins in one answer. */
const MOST = 100

const IssuedBulletin = z.object({
  id: Uuid,
  number: z.int().describe('counts from 1 without gaps'),
  slot: z.int().nullable().describe('the hour it is for, milliseconds since 1970; null if it was sent out of turn'),
  issuedAt: z.int(),
  mark: BulletinMark.describe('missed: the hour passed without a bulletin'),
  items: z.array(
    z.object({
      wordingId: Uuid,
      revisionId: Uuid,
      revision: z.int(),
      hash: ContentHash,
      title: z.string(),
      change: BulletinChange,
      summary: z.string().describe('what it says now; of a withdrawn text what to use instead'),
    }),
  ),
})

function issued({ id, state }: Entity<BulletinState>): z.infer<typeof IssuedBulletin> {
  const { number, slot, issuedAt, mark, items } = state
  return {
    id: id as Uuid,
    number,
    slot,
    issuedAt,
    mark,
    items: items.map(({ wordingId, revisionId, number: revision, hash, title, change, summary }) => ({
      wordingId: wordingId as Uuid,
      revisionId: revisionId as Uuid,
      revision,
      hash,
      title,
      change,
      summary,
    })),
  }
}

/** The route for the hourly bulletins of an incident. What is to come has no route. */
export function bulletinRoutes(app: ApiApp, { read, ownerOf }: ApiParts): void {
  app.get(
    '/bulletins',
    {
      // A published text is public, and asterisks in it would be read out to customers.
      config: { tokenScope: 'wordings:read', masked: false },
      schema: {
        operationId: 'listBulletins',
        tags: ['wordings'],
        querystring: z.object({
          incidentId: Uuid,
          after: z.coerce.number().int().min(0).optional().describe('only bulletins with a higher number; without it, the latest'),
        }),
        response: { 200: z.object({ bulletins: z.array(IssuedBulletin), unreadable: Unreadable }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { incidentId, after } = request.query
      if (!(await read.incident(ownerOf(request).memberId, incidentId))) return sendProblem(reply, fail('not-found').failure)
      const { found, unreadable: missing } = await read.ofKind(BULLETIN, incidentScope(incidentId))
      const inOrder = found.toSorted((a, b) => a.state.number - b.state.number)
      const wanted = after === undefined ? inOrder.slice(-MOST) : inOrder.filter(({ state }) => state.number > after).slice(0, MOST)
      const { shown: bulletins, unreadable } = shown(IssuedBulletin, wanted, issued, missing)
      return { bulletins, unreadable }
    },
  )
}
