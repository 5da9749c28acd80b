import type { ConsoleNote } from '#contract/agent-wire.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { DAY, HOUR } from '#domain/durations.ts'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import type { AgentDb } from './agent-tables.ts'
import { reaches } from './audiences.ts'
import type { PublishedSet } from './published-set.ts'
import type { Agent } from './roster.ts'
import type { Write } from './write-turns.ts'

/** Notes of one agent within a day; a shift makes some hundreds. */
const NOTES_A_DAY = 5000
/** A console that was offline sends its notes later; older ones count as this old. */
const OLDEST_MS = 7 * DAY
/** Notes are kept as long as a console may send them again, what customers objected for a quarter. */
const KEPT_MS = 8 * DAY
const OBJECTIONS_KEPT_MS = 90 * DAY

type Noted = { wording_id: string; revision_id: string; hour: number; kind: string; number: number; count: number }

export function createAgentNotes(db: AgentDb, { set, write, now }: { set: PublishedSet; write: Write; now(): number }) {
  function rowsOf(agent: Pick<Agent, 'id' | 'groups'>, notes: readonly ConsoleNote[], at: number) {
    return notes.flatMap((note) => {
      const release = set.text(note.textId)?.releases.findLast(({ revisionId }) => revisionId === note.revisionId)
      if (!release || !reaches(release, agent.groups)) return []
      return [
        {
          agent_id: agent.id,
          id: note.id,
          wording_id: note.textId,
          revision_id: note.revisionId,
          number: release.number,
          kind: note.kind,
          at: Math.min(at, Math.max(note.at, at - OLDEST_MS)),
          received_at: at,
          // Agents write about customers; what looks like personal data is not stored.
          text: note.kind === 'objected' ? maskPersonal(note.text) : '',
        },
      ]
    })
  }

  return {
    /**
     * Records what an agent did; a note that was sent before is not counted again.
     * @returns how many are new; notes about texts that were never published to the agent are left out
     */
    async record(agent: Pick<Agent, 'id' | 'groups'>, notes: readonly ConsoleNote[]): Promise<Result<{ counted: number }>> {
      const received = now()
      const rows = rowsOf(agent, notes, received)
      if (rows.length === 0) return done({ counted: 0 })
      const { count } = await db
        .selectFrom('agent_note')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('agent_id', '=', agent.id)
        .where('received_at', '>', received - DAY)
        .executeTakeFirstOrThrow()
      if (Number(count) + rows.length > NOTES_A_DAY) return fail('too-many-requests')
      return write(async (within) => {
        const made = await within
          .insertInto('agent_note')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .returning(['wording_id', 'revision_id', 'kind', 'number', 'at'])
          .execute()
        const uses = new Map<string, Noted>()
        for (const { at, ...use } of made) {
          const hour = Math.floor(at / HOUR) * HOUR
          const key = `${use.wording_id} ${use.revision_id} ${hour} ${use.kind}`
          const known = uses.get(key) ?? { ...use, hour, count: 0 }
          uses.set(key, { ...known, count: known.count + 1 })
        }
        // In the same order at every node, so that two never wait for each other.
        for (const [, use] of [...uses].toSorted(([a], [b]) => (a < b ? -1 : 1)))
          await within
            .insertInto('agent_use')
            .values(use)
            .onConflict((conflict) =>
              conflict
                .columns(['wording_id', 'revision_id', 'hour', 'kind'])
                .doUpdateSet(({ eb, ref }) => ({ count: eb(ref('agent_use.count'), '+', use.count) })),
            )
            .execute()
        const shown = made.filter(({ kind }) => kind === 'shown')
        if (shown.length > 0)
          await within
            .insertInto('agent_shown')
            .values(shown.map(({ wording_id, revision_id, at }) => ({ wording_id, revision_id, agent_id: agent.id, at })))
            .onConflict((conflict) => conflict.doNothing())
            .execute()
        return done({ counted: made.length })
      })
    },

    /** Everything up to this change was shown to the agent. */
    async seen(agentId: string, change: number): Promise<void> {
      await write((within) =>
        within.updateTable('agent').set({ seen_change: change }).where('id', '=', agentId).where('seen_change', '<', change).execute(),
      )
    },

    async sweep(): Promise<void> {
      await db
        .deleteFrom('agent_note')
        .where('kind', '!=', 'objected')
        .where('received_at', '<', now() - KEPT_MS)
        .execute()
      await db
        .deleteFrom('agent_note')
        .where('received_at', '<', now() - OBJECTIONS_KEPT_MS)
        .execute()
    },
  }
}

export type AgentNotes = ReturnType<typeof createAgentNotes>
