import { randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Engine, EpochRow, HubTables } from '../database/hub-tables.ts'
import type { HubSigning } from '../signing/hub-signing.ts'

/**
 * Why an epoch begins. `founded`: the first epoch, or the first that was recorded · `restored`: a backup was restored on purpose ·
 * `went-back`: the log lacked records that it had acknowledged · `unexplained`: the database held a different epoch.
 */
export type EpochReason = 'founded' | 'restored' | 'went-back' | 'unexplained'

type Db = Kysely<HubTables> | Transaction<HubTables>

/** The text of an epoch that the hub signs. */
export function epochText(hubId: string, { number, id, begun_at, reason }: Omit<EpochRow, 'signature'>, previous: string): string {
  return JSON.stringify(['stormroom-epoch-1', hubId, number, id, previous, begun_at, reason])
}

async function ensure(db: Db, key: string, make: () => string): Promise<string> {
  await db
    .insertInto('meta')
    .values({ key, value: make() })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  return (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirstOrThrow()).value
}

/** Signs as the hub; the first signature creates the hub's ID and key. Signs nothing if the key cannot be read. */
async function signAs(db: Db, signing: HubSigning, text: (hubId: string) => string): Promise<string> {
  const hubId = await ensure(db, 'hubId', randomUUID)
  const kept = await ensure(db, 'privateKey', signing.make)
  try {
    return signing.open(kept).sign(text(hubId))
  } catch {
    return ''
  }
}

export type Epochs = {
  current: () => Promise<string>
  list: () => Promise<EpochRow[]>
  /** The latest epoch that was recorded. */
  latest: () => Promise<EpochRow | undefined>
  /**
   * Checks that the present epoch was begun correctly.
   * @returns false when the database held a different epoch and a new one was begun
   */
  settle: () => Promise<boolean>
  /**
   * Begins a new epoch.
   * @param from begin only while this epoch is current; if several nodes notice, only one begins it
   * @returns whether this call began it
   */
  begin: (reason: EpochReason, from?: string | null) => Promise<boolean>
}

/**
 * The epochs of a hub's log; each is signed together with the previous one. A new epoch begins when the log continues from an older
 * state than it had acknowledged; devices then offer the records that it lacks.
 */
export function createEpochs(kysely: Kysely<HubTables>, engine: Engine, now: () => number, signing: HubSigning): Epochs {
  const current = async (db: Db = kysely) =>
    (await db.selectFrom('meta').select('value').where('key', '=', 'epoch').executeTakeFirstOrThrow()).value
  const list = (db: Db = kysely): Promise<EpochRow[]> => db.selectFrom('epoch').selectAll().orderBy('number').execute()

  async function write(tx: Db, before: EpochRow | undefined, id: string, reason: EpochReason): Promise<void> {
    const row = { number: (before?.number ?? 0) + 1, id, begun_at: now(), reason }
    await tx
      .insertInto('epoch')
      .values({ ...row, signature: await signAs(tx, signing, (hubId) => epochText(hubId, row, before?.id ?? '')) })
      .execute()
  }

  /** Serializes the nodes. */
  function locked<Found>(act: (tx: Transaction<HubTables>, id: string) => Promise<Found>): Promise<Found> {
    return kysely
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (tx) => {
        const row = tx.selectFrom('meta').select('value').where('key', '=', 'epoch')
        const { value } = await (engine === 'postgres' ? row.forUpdate() : row).executeTakeFirstOrThrow()
        return act(tx, value)
      })
  }

  return {
    current: () => current(),
    list: () => list(),
    latest: (): Promise<EpochRow | undefined> =>
      kysely.selectFrom('epoch').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst(),

    settle: (): Promise<boolean> =>
      locked(async (tx, id) => {
        const last = (await list(tx)).at(-1)
        if (last?.id === id) return true
        if (!last) {
          await write(tx, undefined, id, 'founded')
          return true
        }
        const next = randomUUID()
        await write(tx, last, next, 'unexplained')
        await tx.updateTable('meta').set({ value: next }).where('key', '=', 'epoch').execute()
        return false
      }),

    begin: (reason: EpochReason, from: string | null = null): Promise<boolean> =>
      locked(async (tx, id) => {
        if (from !== null && id !== from) return false
        const last = (await list(tx)).at(-1)
        if (!last) await write(tx, undefined, id, 'founded')
        const next = randomUUID()
        await write(tx, last ?? (await list(tx)).at(-1), next, reason)
        await tx.updateTable('meta').set({ value: next }).where('key', '=', 'epoch').execute()
        return true
      }),
  }
}
