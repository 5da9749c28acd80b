import { sql, type Kysely } from 'kysely'
import { readKeyFile, takeKeyFile } from '#storage/key-file.ts'
import { isSealed, openSealed, sealValue, type SealingKey } from '#storage/sealed-value.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'
import { makePrivateKey, openHubKey, type HubKey } from './hub-key.ts'

/**
 * Why a hub cannot use its own key, and with that cannot say who it is. `missing` the key file that the database's key was sealed
 * under is not there · `other` the file is another hub's, or another node made one of its own · `unreadable` it is no key file,
 * or cannot be read or made.
 */
export type HubKeyTrouble = { why: 'missing' | 'other' | 'unreadable'; file: string; detail: string }

const PURPOSE = 'hub-signing-key'
const ROW = 'privateKey'
/** Stands in the database while what was once kept in the clear may still lie in its free pages. */
const TO_WIPE = 'privateKeyToWipe'

/** The key is sealed under another than the one that was given, or none was given. Never to be mended by a fresh key. */
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
 * How a hub keeps the key it signs with: sealed in its database under a key that lies in a file apart from it. Nodes over one
 * database share that file. Until `unlock` a key is made and read as it is.
 */
export function createHubSigning(kysely: Kysely<HubTables>, engine: Engine) {
  let sealing: SealingKey | null = null

  const read = async () => (await kysely.selectFrom('meta').select('value').where('key', '=', ROW).executeTakeFirst())?.value
  const fitsFile = (kept: string, key: SealingKey) => openSealed(kept, key, PURPOSE).kind !== 'other-key'

  const signing = {
    /** A fresh key as it is kept. */
    make: (): string => (sealing ? sealValue(makePrivateKey(), sealing, PURPOSE) : makePrivateKey()),

    /**
     * The key from what is kept.
     * @throws {HubKeyLocked} when it is sealed under another key; anything else for what is no key
     */
    open(kept: string): HubKey {
      if (!isSealed(kept)) return openHubKey(kept)
      const opened = sealing ? openSealed(kept, sealing, PURPOSE) : ({ kind: 'other-key' } as const)
      if (opened.kind === 'other-key') throw new HubKeyLocked('The key of this hub is sealed under another key')
      if (opened.kind === 'malformed') throw new Error('The sealed key of this hub is spoilt')
      return openHubKey(opened.text)
    },

    /**
     * Takes the key file, which is made for a hub that has none yet, and seals what is still kept in the clear.
     * @returns why the hub cannot use its key; then nothing was changed, and it must not serve
     */
    async unlock(file: string): Promise<HubKeyTrouble | null> {
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
      // Another node may have been first, with a key file of its own.
      const kept = await read()
      if (kept !== undefined && isSealed(kept) && !fitsFile(kept, key)) return { why: 'other', file, detail: '' }
      sealing = key
      await wipe()
      return null
    },
  }

  /** Writes anew what may still hold the key in the clear. Where somebody is in the way the next start does it. */
  async function wipe(): Promise<void> {
    if (!(await kysely.selectFrom('meta').select('value').where('key', '=', TO_WIPE).executeTakeFirst())) return
    try {
      if (engine === 'sqlite') {
        await sql`VACUUM`.execute(kysely)
        await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(kysely)
      } else await sql`VACUUM (FULL) meta`.execute(kysely)
      await kysely.deleteFrom('meta').where('key', '=', TO_WIPE).execute()
    } catch {
      // The mark stays.
    }
  }

  return signing
}

export type HubSigning = ReturnType<typeof createHubSigning>
