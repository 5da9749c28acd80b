import { sql, type Kysely } from 'kysely'
import { readKeyFile, takeKeyFile } from '#storage/key-file.ts'
import { isSealed, openSealed, sealValue, type SealingKey } from '#storage/sealed-value.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'
import { makePrivateKey, openHubKey, type HubKey } from './hub-key.ts'

/**
 * Why a hub cannot use its signing key, and so cannot prove its identity. `missing`: the key file that the database's key was
 * sealed under does not exist · `other`: the file belongs to another hub, or another node made its own · `unreadable`: it is not a
 * key file, or cannot be read or created.
 */
export type HubKeyTrouble = { why: 'missing' | 'other' | 'unreadable'; file: string; detail: string }

const PURPOSE = 'hub-signing-key'
const ROW = 'privateKey'
/** Key in `meta` while free pages of the database may still contain the key in plain text. */
const TO_WIPE = 'privateKeyToWipe'

/** The key is sealed under a different key file, or no key file was given. Must never be resolved by generating a new key. */
export class HubKeyLocked extends Error {}

function isKey(text: string): boolean {
  try {
    openHubKey(text)
    return true
  } catch {
    return false
  }
}

/**
 * How a hub stores its signing key: sealed in its database under a key in a separate file. Nodes over one database share that file.
 * Before `unlock`, a key is created and read unsealed.
 */
export type HubSigning = {
  /** Generates a key in its stored form. */
  make(): string
  /**
   * Opens the key from its stored form.
   * @throws {HubKeyLocked} when it is sealed under another key; any other error when it is not a key
   */
  open(kept: string): HubKey
  /**
   * Reads the key file, which is created for a hub without one, and seals a key that is still stored in plain text.
   * @returns why the hub cannot use its key; then nothing was changed, and it must not serve
   */
  unlock(file: string): Promise<HubKeyTrouble | null>
}

export function createHubSigning(kysely: Kysely<HubTables>, engine: Engine): HubSigning {
  let sealing: SealingKey | null = null

  const read = async () => (await kysely.selectFrom('meta').select('value').where('key', '=', ROW).executeTakeFirst())?.value
  const fitsFile = (kept: string, key: SealingKey) => openSealed(kept, key, PURPOSE).kind !== 'other-key'

  const signing: HubSigning = {
    make: () => (sealing ? sealValue(makePrivateKey(), sealing, PURPOSE) : makePrivateKey()),

    open(kept) {
      if (!isSealed(kept)) return openHubKey(kept)
      const opened = sealing ? openSealed(kept, sealing, PURPOSE) : ({ kind: 'other-key' } as const)
      if (opened.kind === 'other-key') throw new HubKeyLocked('The key of this hub is sealed under another key')
      if (opened.kind === 'malformed') throw new Error('The sealed key of this hub is spoilt')
      return openHubKey(opened.text)
    },

    async unlock(file) {
      const before = await read()
      const found = before !== undefined && isSealed(before) ? readKeyFile(file) : takeKeyFile(file)
      if (found.kind === 'missing') return { why: 'missing', file, detail: '' }
      if (found.kind === 'unreadable') return { why: 'unreadable', file, detail: found.detail }
      const { key } = found
      if (before !== undefined && !isSealed(before) && isKey(before)) {
        if (engine === 'sqlite') await sql`PRAGMA secure_delete = ON`.execute(kysely)
        await kysely.transaction().execute(async (tx) => {
          await tx
            .updateTable('meta')
            .set({ value: sealValue(before, key, PURPOSE) })
            .where('key', '=', ROW)
            .where('value', '=', before)
            .execute()
          await tx
            .insertInto('meta')
            .values({ key: TO_WIPE, value: '1' })
            .onConflict((conflict) => conflict.column('key').doNothing())
            .execute()
        })
      } else if (before === undefined) {
        await kysely
          .insertInto('meta')
          .values({ key: ROW, value: sealValue(makePrivateKey(), key, PURPOSE) })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .execute()
      }
      // Another node may have been first, with its own key file.
      const kept = await read()
      if (kept !== undefined && isSealed(kept) && !fitsFile(kept, key)) return { why: 'other', file, detail: '' }
      sealing = key
      await wipe()
      return null
    },
  }

  /** Rewrites what may still contain the key in plain text. If the database is busy, the next start does it. */
  async function wipe(): Promise<void> {
    if (!(await kysely.selectFrom('meta').select('value').where('key', '=', TO_WIPE).executeTakeFirst())) return
    try {
      if (engine === 'sqlite') {
        await sql`VACUUM`.execute(kysely)
        await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(kysely)
      } else await sql`VACUUM (FULL) meta`.execute(kysely)
      await kysely.deleteFrom('meta').where('key', '=', TO_WIPE).execute()
    } catch {
      // The mark stays, so the next start retries.
    }
  }

  return signing
}
