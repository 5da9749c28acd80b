import { sql, type Kysely } from 'kysely'
import { inRuns, isOneOf } from '../database/hub-database.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'
import { isStillLent, readersScope } from './readers.ts'

/** A member named a file in a scope. */
export type Naming = { hash: string; scope: string; memberId: string }

/**
 * Notes who named which files, in the transaction that accepts the entry. A name gives the readers of its scope access only if its
 * author may have the file, by another entry or by an upload: a SHA-256 can be known without access to the file. Every other name
 * is a claim, which grants no access until the author uploads the file.
 */
export async function noteNamings(tx: Kysely<HubTables>, engine: Engine, namings: readonly Naming[], now: number): Promise<void> {
  if (namings.length === 0) return
  const hashes = [...new Set(namings.map(({ hash }) => hash))]
  await holdFiles(tx, engine, hashes)
  const uses = await tx
    .selectFrom('evidence_use')
    .selectAll()
    .where(isOneOf(engine, 'hash', hashes))
    .execute()
  const holders = await tx
    .selectFrom('evidence_holder')
    .selectAll()
    .where(isOneOf(engine, 'hash', hashes))
    .execute()
  const known = new Set(uses.map(({ hash, scope }) => `${hash} ${scope}`))
  const held = new Set(holders.map(({ hash, member_id }) => `${hash} ${member_id}`))
  const claims: { hash: string; scope: string; member_id: string }[] = []
  for (const { hash, scope, memberId } of namings) {
    if (known.has(`${hash} ${scope}`)) continue
    const others = uses.filter((use) => use.hash === hash).map((use) => use.scope)
    if (held.has(`${hash} ${memberId}`) || (await readsOneOf(tx, memberId, others, now))) {
      known.add(`${hash} ${scope}`)
      uses.push({ hash, scope })
    } else claims.push({ hash, scope, member_id: memberId })
  }
  for (const run of inRuns(uses))
    await tx
      .insertInto('evidence_use')
      .values(run)
      .onConflict((conflict) => conflict.columns(['hash', 'scope']).doNothing())
      .execute()
  for (const run of inRuns(claims))
    await tx
      .insertInto('evidence_claim')
      .values(run)
      .onConflict((conflict) => conflict.columns(['hash', 'member_id', 'scope']).doNothing())
      .execute()
}

/**
 * Locks the rights of these files until the commit: otherwise a member who names a file at one node while their upload completes at
 * another would keep an unresolved claim. A single-writer database needs no lock.
 */
export async function holdFiles(tx: Kysely<HubTables>, engine: Engine, hashes: readonly string[]): Promise<void> {
  if (engine === 'sqlite') return
  for (const hash of hashes.toSorted()) await sql`select pg_advisory_xact_lock(hashtextextended(${`evidence:${hash}`}, 0))`.execute(tx)
}

async function readsOneOf(tx: Kysely<HubTables>, memberId: string, scopes: readonly string[], now: number): Promise<boolean> {
  for (const scope of new Set(scopes.map(readersScope))) {
    const head = await tx.selectFrom('scope_head').select('restricted').where('scope', '=', scope).executeTakeFirst()
    if (!head?.restricted) return true
    if (
      await tx
        .selectFrom('scope_reader')
        .select('scope')
        .where('scope', '=', scope)
        .where('member_id', '=', memberId)
        .where(isStillLent(now))
        .executeTakeFirst()
    )
      return true
  }
  return false
}
