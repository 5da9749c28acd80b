import type { Kysely } from 'kysely'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { AccountTables } from '#hub/accounts/account-tables.ts'
import { createAccounts } from '#hub/accounts/accounts.ts'
import { openHub } from '#hub/open-hub.ts'
import { createPasswords } from '#hub/accounts/passwords.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

test('A8: a name that nobody has costs the same work as a wrong password, and is answered alike', async () => {
  const opened = openHub(join(makeTempFolder('guess', 'quick'), 'hub.db'), true, Date.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  onTestFinished(() => opened.hub.close())
  const real = createPasswords()
  const compared: (string | null)[] = []
  const passwords = {
    ...real,
    matches(stored: string | null, password: string) {
      compared.push(stored)
      return real.matches(stored, password)
    },
  }
  let made = 0
  const edge = { now: Date.now, random: (bytes: number) => new Uint8Array(bytes).fill(++made), uuid: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}` }
  const db: Kysely<AccountTables> = opened.hub.database.kysely.withTables<AccountTables>()
  const accounts = createAccounts(db, { readMember: () => Promise.resolve(null), join: () => Promise.resolve({ ok: true, value: null }) }, edge, passwords)
  await accounts.setPassword('00000000-0000-4000-8000-00000000000a', 'an', '', 'ein-langes-passwort', null, 'here')
  const [known, unknown] = [await accounts.signIn('an', 'falsch', 'x', '192.0.2.1'), await accounts.signIn('niemand', 'falsch', 'x', '192.0.2.2')]
  expect(unknown).toEqual(known)
  expect(known).toMatchObject({ ok: false, failure: { code: 'sign-in-failed' } })
  expect(compared).toEqual([expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/), null])
})
