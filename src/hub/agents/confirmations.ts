import type { Standing } from '#contract/agents-api.ts'
import type { ConsoleConfirm } from '#contract/agent-wire.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { z } from 'zod'
import type { AgentDb } from './agent-tables.ts'
import { reaches } from './audiences.ts'
import type { PublishedSet } from './published-set.ts'
import type { LiveText } from './released-text.ts'
import type { Agent } from './roster.ts'
import type { Write } from './write-turns.ts'

/** The newest release of a text that an agent confirmed. */
export type Confirmed = { revisionId: string; releaseAt: number; number: number; at: number }
/** An agent's confirmations by text. */
export type Confirmations = Map<string, Confirmed>

/** How an agent stands to a version in use: it is bound to the release, so that publishing anew asks anew. */
export function standingTo(
  live: Pick<LiveText, 'releaseAt'> & { text: { revisionId: string } },
  confirmed: Confirmed | undefined,
): Standing {
  if (!confirmed) return 'outstanding'
  return confirmed.releaseAt === live.releaseAt && confirmed.revisionId === live.text.revisionId ? 'current' : 'stale'
}

export function noteConfirmed(own: Confirmations, wordingId: string, confirmed: Confirmed): void {
  if ((own.get(wordingId)?.releaseAt ?? -1) <= confirmed.releaseAt) own.set(wordingId, confirmed)
}

export function createConfirming(db: AgentDb, { set, write, now }: { set: PublishedSet; write: Write; now(): number }) {
  return {
    async of(agentId: string): Promise<Confirmations> {
      const rows = await db.selectFrom('agent_confirmation').selectAll().where('agent_id', '=', agentId).orderBy('release_at').execute()
      const own: Confirmations = new Map()
      for (const { wording_id: id, revision_id: revisionId, release_at: releaseAt, number, at } of rows)
        noteConfirmed(own, id, { revisionId, releaseAt, number, at })
      return own
    },

    /** The newest confirmation of each agent of a text. */
    async ofText(wordingId: string): Promise<Map<string, Confirmed>> {
      const rows = await db
        .selectFrom('agent_confirmation')
        .select(['agent_id', 'revision_id', 'release_at', 'number', 'at'])
        .where('wording_id', '=', wordingId)
        .orderBy('release_at')
        .execute()
      return new Map(
        rows.map(({ agent_id: id, revision_id: revisionId, release_at: releaseAt, number, at }) => [
          id,
          { revisionId, releaseAt, number, at },
        ]),
      )
    },

    /**
     * Records that an agent confirmed exactly this release. A version that has been replaced meanwhile is recorded as such.
     * @returns the confirmation, or `not-found` when no such version was ever published to the agent
     */
    async confirm(
      agent: Pick<Agent, 'id' | 'groups'>,
      { textId, revisionId, hash, releaseAt }: z.output<typeof ConsoleConfirm>,
    ): Promise<Result<{ confirmed: Confirmed; standing: Standing }>> {
      const text = set.text(textId)
      const release = text?.releases.findLast((one) => one.revisionId === revisionId && one.hash === hash && one.releaseAt === releaseAt)
      if (!text || !release || !reaches(release, agent.groups)) return fail('not-found')
      const confirmed = { revisionId, releaseAt, number: release.number, at: now() }
      await write((within) =>
        within
          .insertInto('agent_confirmation')
          .values({
            agent_id: agent.id,
            wording_id: textId,
            revision_id: revisionId,
            release_at: releaseAt,
            number: release.number,
            at: confirmed.at,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      )
      const { live } = text
      return done({ confirmed, standing: live ? standingTo(live, confirmed) : 'stale' })
    },
  }
}

export type Confirming = ReturnType<typeof createConfirming>
