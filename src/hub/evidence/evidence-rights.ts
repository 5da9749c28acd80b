import type { Kysely } from 'kysely'
import { engineOf } from '../database/hub-database.ts'
import type { HubTables } from '../database/hub-tables.ts'
import { holdFiles } from '../log/note-namings.ts'

export type EvidenceRights = {
  /** Whether a member may have a file: they may read an entry that grants access, or they uploaded it. */
  mayHave(memberId: string, hash: string): Promise<boolean>
  /** Whether a member has named a file without proving that they have it. */
  isClaimed: (memberId: string, hash: string) => Promise<boolean>
  /** Notes that a member uploaded a whole file: all their names for it grant access, now and later. */
  noteHolder: (memberId: string, hash: string) => Promise<void>
}

/**
 * Who may have evidence files, as noted when entries named them.
 * @param mayRead whether a member may read a scope now
 */
export function createEvidenceRights(
  kysely: Kysely<HubTables>,
  mayRead: (memberId: string, scope: string) => Promise<boolean>,
): EvidenceRights {
  const isNoted = async (table: 'evidence_holder' | 'evidence_claim', memberId: string, hash: string) =>
    (await kysely.selectFrom(table).select('hash').where('hash', '=', hash).where('member_id', '=', memberId).executeTakeFirst()) !==
    undefined

  return {
    async mayHave(memberId: string, hash: string): Promise<boolean> {
      for (const { scope } of await kysely.selectFrom('evidence_use').select('scope').where('hash', '=', hash).execute())
        if (await mayRead(memberId, scope)) return true
      return isNoted('evidence_holder', memberId, hash)
    },

    isClaimed: (memberId: string, hash: string): Promise<boolean> => isNoted('evidence_claim', memberId, hash),

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
