import type { Kysely } from 'kysely'

/** Named text values of the hub. */
export type Meta = {
  read(key: string): Promise<string | null>
  write(key: string, value: string): Promise<void>
  ensure(key: string, make: () => string): Promise<string>
}

export function createMeta(db: Kysely<{ meta: { key: string; value: string } }>): Meta {
  const read = async (key: string) => (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value ?? null
  return {
    read,
    async write(key, value) {
      await db
        .insertInto('meta')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute()
    },
    async ensure(key, make) {
      await db
        .insertInto('meta')
        .values({ key, value: make() })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute()
      return (await read(key)) ?? ''
    },
  }
}
