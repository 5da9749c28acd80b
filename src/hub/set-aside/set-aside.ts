import type { Kysely } from 'kysely'
import type { Unreadable } from '../database/unreadable.ts'
import type { SetAsideTables } from './set-aside-tables.ts'

/** A text that both databases can store. */
const storable = (text: string) => text.toWellFormed().replaceAll('\0', '\uFFFD')

export type SetAside = {
  /** @returns whether this row is recorded for the first time */
  keep({ place, name, why, kept, mended }: Unreadable): Promise<boolean>
  /** The number of rows that are not served. */
  count(): Promise<number>
}

/** Records permanently which stored rows are unreadable, for operators. */
export function createSetAside(db: Kysely<SetAsideTables>, now: () => number): SetAside {
  return {
    async keep({ place, name, why, kept = '', mended }: Unreadable): Promise<boolean> {
      const row = await db
        .insertInto('set_aside')
        .values({ place, name: storable(name).slice(0, 300), at: now(), why: storable(why), kept: storable(kept), mended: mended ? 1 : 0 })
        .onConflict((conflict) => conflict.columns(['place', 'name']).doNothing())
        .returning('name')
        .executeTakeFirst()
      return row !== undefined
    },
    async count(): Promise<number> {
      const { count } = await db
        .selectFrom('set_aside')
        .where('mended', '=', 0)
        .select((all) => all.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}

/**
 * Records unreadable rows as they are found, and logs each once.
 * @returns `count`: the number of rows that are not served
 */
export async function openKeepAside(
  setAside: SetAside,
  log: (level: 'warn' | 'error', message: string, detail: Record<string, unknown>) => void,
): Promise<{ keepAside(one: Unreadable): Promise<void>; count(): number }> {
  let count = await setAside.count()
  return {
    async keepAside(one) {
      if (!(await setAside.keep(one))) return
      const which = { place: one.place, row: one.name, why: one.why }
      if (one.mended) return log('warn', 'A stored row could not be read and was made anew from the log', which)
      count += 1
      log('error', 'A stored row cannot be read and is left out', which)
    },
    count: () => count,
  }
}
