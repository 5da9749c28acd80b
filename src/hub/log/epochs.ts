import { randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Engine, EpochRow, HubTables } from '../database/hub-tables.ts'
import type { HubSigning } from '../signing/hub-signing.ts'

/**
 * Why a life of the log begins. `founded` the first, or the first that was written down · `restored` somebody put a backup in
 * its place and said so · `went-back` the log lacked what it had acknowledged · `unexplained` another one stood in the database.
 */
export type EpochReason = 'founded' | 'restored' | 'went-back' | 'unexplained'

type Db = Kysely<HubTables> | Transaction<HubTables>

/** The text under the hub's signature of an epoch. */
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

/** Signs for the hub, which gets its name and its key when it signs first; with a key that cannot be read nothing is signed. */
async function signAs(db: Db, signing: HubSigning, text: (hubId: string) => string): Promise<string> {
  const hubId = await ensure(db, 'hubId', randomUUID)
  const kept = await ensure(db, 'privateKey', signing.make)
  try {
    return signing.open(kept).sign(text(hubId))
  } catch {
    return ''
  }
}

/**
 * The lives of a hub's log, one after the other, each signed together with the one before it: a new one begins when the log goes
 * on from an older state than it had acknowledged, and devices then offer it what it lacks.
 */
export function createEpochs(kysely: Kysely<HubTables>, engine: Engine, now: () => number, signing: HubSigning) {
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

  /** One node at a time. */
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

    /**
     * Sees to it that the present epoch is one that was begun as they are begun.
     * @returns false when another one stood there, and a new one had to begin
     */
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

    /**
     * Begins another life of the log.
     * @param from begun only where this one still lasts: of several nodes that notice, one begins it
     * @returns whether it was begun by this
     */
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

export type Epochs = ReturnType<typeof createEpochs>
