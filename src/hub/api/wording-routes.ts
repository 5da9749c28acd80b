import { z } from 'zod'
import { TEAM_SCOPE, incidentScope, Uuid } from '#domain/log/ids.ts'
import type { Entity } from '#domain/log/entity.ts'
import { approvalOf } from '#domain/wording/approval.ts'
import { Audience, BlockKind, ContentHash, WordingChannel } from '#domain/wording/content.ts'
import { filledText } from '#domain/wording/filled-text.ts'
import { publishedText } from '#domain/wording/published.ts'
import { REVISION, WORDING } from '#domain/wording/wording-entity.ts'
import {
  Emotion,
  StatementKind,
  WordingKind,
  WordingLanguage,
  type Release,
  type RevisionState,
  type WordingState,
} from '#domain/wording/wording.ts'
import { fail } from '#contract/failures.ts'
import { PROBLEMS, shown, Unreadable, type ApiApp, type ApiParts } from './api-parts.ts'
import { sendProblem } from './problem.ts'

const PublishedWording = z.object({
  id: Uuid,
  revisionId: Uuid,
  revision: z.int().describe('counts from 1'),
  hash: ContentHash.describe('SHA-256 of the approved content'),
  kind: WordingKind,
  statement: StatementKind.nullable(),
  scenario: z.string(),
  emotion: Emotion.nullable(),
  language: WordingLanguage,
  publishedAt: z.int(),
  until: z.int().nullable(),
  changed: z.string().describe('what is new in this revision, in one sentence'),
  approved: z.boolean().describe('false while a text that was released in an emergency is not approved yet'),
  title: z.string(),
  core: z.string(),
  blocks: z.array(z.object({ kind: BlockKind, text: z.string() })),
  objections: z.array(z.object({ ask: z.string(), answer: z.string() })),
  variants: z.array(z.object({ audience: Audience.nullable(), channel: WordingChannel.nullable(), text: z.string() })),
})

/** The published text with its variables filled in; those that the agent fills in stay. */
function published({ id, state }: Entity<WordingState>, live: Release, revision: Entity<RevisionState>): z.infer<typeof PublishedWording> {
  const { title, core, blocks, objections, variants } = filledText(revision.state.content, live.values)
  const { kind, statement, scenario, emotion, language } = state
  return {
    id: id as Uuid,
    revisionId: revision.id as Uuid,
    revision: live.number,
    hash: live.hash,
    kind,
    statement,
    scenario,
    emotion,
    language,
    publishedAt: live.at,
    until: live.until,
    changed: live.summary,
    approved: approvalOf(revision.state).status === 'approved',
    title,
    core,
    blocks: blocks.map(({ kind: of, text }) => ({ kind: of, text })),
    objections: objections.map(({ ask, answer }) => ({ ask, answer })),
    variants: variants.map(({ audience, channel, text }) => ({ audience, channel, text })),
  }
}

/** Routes for wordings: what is in use now, of an incident or of the standing library. Drafts have no route. */
export function wordingRoutes(app: ApiApp, { hub, read, ownerOf }: ApiParts): void {
  app.get(
    '/wordings',
    {
      // A published text is public, and asterisks in it would be read out to customers.
      config: { tokenScope: 'wordings:read', masked: false },
      schema: {
        operationId: 'listWordings',
        tags: ['wordings'],
        querystring: z.object({ incidentId: Uuid.optional().describe('without it: the standing library of the team') }),
        response: { 200: z.object({ wordings: z.array(PublishedWording), unreadable: Unreadable }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { incidentId } = request.query
      if (incidentId !== undefined && !(await read.incident(ownerOf(request).memberId, incidentId)))
        return sendProblem(reply, fail('not-found').failure)
      const scope = incidentId === undefined ? TEAM_SCOPE : incidentScope(incidentId)
      const now = hub.now()
      const { found, unreadable: missing } = await read.ofKind(WORDING, scope)
      const inUse = found.flatMap((wording) => {
        const text = publishedText(wording.state, now)
        return text?.status === 'published' ? [{ wording, release: text.release, id: wording.id }] : []
      })
      const revisions = await read.byIds(
        REVISION,
        inUse.map(({ release }) => release.revisionId),
      )
      const { shown: wordings, unreadable } = shown(
        PublishedWording,
        inUse.toSorted((a, b) => a.release.at - b.release.at || (a.id < b.id ? -1 : 1)),
        ({ wording, release }) => {
          const revision = revisions.get(release.revisionId)
          if (!revision) throw new Error('A published wording without its revision')
          return published(wording, release, revision)
        },
        missing,
      )
      return { wordings, unreadable }
    },
  )
}
