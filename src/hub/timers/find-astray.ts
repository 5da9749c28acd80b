import { isMomentAstray } from '#domain/moments/moment-sources.ts'
import type { HubDatabase } from '../database/hub-database.ts'
import type { UnreadableRows } from '../database/unreadable.ts'
import { readOrMend } from '../log/mend-entity.ts'
import type { FoundTimer } from './claim-timers.ts'

/** Rules whose timers may be found astray. */
const RULES = ['bulletin-due'] as const
/** No timer of these rules that is nearer than this is astray, milliseconds; one that a member wants at once always is. */
const NEAR_MS = 20 * 60_000
const MOST = 200

/**
 * Timers that lie further ahead than their source ever sets them: the hub's clock was ahead when they were set, and was corrected since.
 * Nobody would hear of an incident until that wrong hour comes.
 * @param now by the hub's clock, milliseconds since 1970
 */
export async function findAstray({ kysely, engine }: HubDatabase, unreadable: UnreadableRows, now: number): Promise<FoundTimer[]> {
  const timers = await kysely
    .selectFrom('timer')
    .select(['kind', 'id', 'rule', 'about', 'scope', 'due_at'])
    .where('fired_at', 'is', null)
    .where((where) => where.or([where('due_at', '>', now + NEAR_MS), where.and([where('due_at', '>', now), where('about', '=', 'now')])]))
    .where('rule', 'in', RULES)
    .orderBy('due_at', 'desc')
    .limit(MOST)
    .execute()
  const found: FoundTimer[] = []
  for (const timer of timers) {
    const rule = RULES.find((known) => known === timer.rule)
    const row = await kysely.selectFrom('entity').selectAll().where('kind', '=', timer.kind).where('id', '=', timer.id).executeTakeFirst()
    const read = rule && row && (await readOrMend(kysely, engine, row, unreadable))
    if (read && isMomentAstray(read.entity, { rule, about: timer.about, dueAt: timer.due_at }, now)) found.push({ ...timer, rule })
  }
  return found
}
