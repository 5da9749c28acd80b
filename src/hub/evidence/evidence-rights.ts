import { sql, type Kysely } from 'kysely'
import { engineOf, inRuns, isOneOf } from '../database/hub-database.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'
import { isStillLent, readersScope } from '../log/readers.ts'

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
async function holdFiles(tx: Kysely<HubTables>, engine: Engine, hashes: readonly string[]): Promise<void> {
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

/**
 * Who may have evidence files, as noted when entries named them.
 * @param mayRead whether a member may read a scope now
 */
export function createEvidenceRights(kysely: Kysely<HubTables>, mayRead: (memberId: string, scope: string) => Promise<boolean>) {
  const isNoted = async (table: 'evidence_holder' | 'evidence_claim', memberId: string, hash: string) =>
    (await kysely.selectFrom(table).select('hash').where('hash', '=', hash).where('member_id', '=', memberId).executeTakeFirst()) !==
    undefined

  return {
    /** Whether a member may have a file: they may read an entry that grants access, or they uploaded it. */
    async mayHave(memberId: string, hash: string): Promise<boolean> {
      for (const { scope } of await kysely.selectFrom('evidence_use').select('scope').where('hash', '=', hash).execute())
        if (await mayRead(memberId, scope)) return true
      return isNoted('evidence_holder', memberId, hash)
    },

    /** Whether a member has named a file without proving that they have it. */
    isClaimed: (memberId: string, hash: string): Promise<boolean> => isNoted('evidence_claim', memberId, hash),

    /** Notes that a member uploaded a whole file: all their names for it grant access, now and later. */
    noteHolder: (memberId: string, hash: string): Promise<void> =>
      kysely
        .transaction()
        .setIsolationLevel('read committed')
        .execute(async (tx) => {
          await holdFiles(tx, engineOf(kysely), [hash])
          await tx
            .insertInto('evidence_holder')
            .values({ hash, member_id: memberId })
            .onConflict((conflict) => conflict.columns(['hash', 'member_id']).doNothing())
            .execute()
          const claims = await tx
            .selectFrom('evidence_claim')
            .selectAll()
            .where('hash', '=', hash)
            .where('member_id', '=', memberId)
            .execute()
          for (const { scope } of claims)
            await tx
              .insertInto('evidence_use')
              .values({ hash, scope })
              .onConflict((conflict) => conflict.columns(['hash', 'scope']).doNothing())
              .execute()
          await tx.deleteFrom('evidence_claim').where('hash', '=', hash).where('member_id', '=', memberId).execute()
        }),
  }
}

export type EvidenceRights = ReturnType<typeof createEvidenceRights>
