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
  const edge = {
    now: Date.now,
    random: (bytes: number) => new Uint8Array(bytes).fill(++made),
    uuid: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
  }
  const db: Kysely<AccountTables> = opened.hub.database.kysely.withTables<AccountTables>()
  const accounts = createAccounts(
    db,
    { readMember: () => Promise.resolve(null), join: () => Promise.resolve({ ok: true, value: null }) },
    edge,
    passwords,
  )
  await accounts.setPassword('00000000-0000-4000-8000-00000000000a', 'an', '', 'ein-langes-passwort', null, 'here')
  const [known, unknown] = [
    await accounts.signIn('an', 'falsch', 'x', '192.0.2.1'),
    await accounts.signIn('niemand', 'falsch', 'x', '192.0.2.2'),
  ]
  expect(unknown).toEqual(known)
  expect(known).toMatchObject({ ok: false, failure: { code: 'sign-in-failed' } })
  expect(compared).toEqual([expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/), null])
})

test('A8: strangers lock a name out where they are, and nowhere else; one who has many addresses is held off from new ones', async () => {
  const opened = openHub(join(makeTempFolder('guess', 'quick'), 'hub.db'), true, Date.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  onTestFinished(() => opened.hub.close())
  let [made, now] = [0, 1_000_000_000]
  const edge = {
    now: () => now,
    random: (bytes: number) => new Uint8Array(bytes).fill(++made),
    uuid: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
  }
  const db: Kysely<AccountTables> = opened.hub.database.kysely.withTables<AccountTables>()
  // The cost of a hash does not matter here.
  const passwords = {
    ...createPasswords(),
    hash: (password: string) => Promise.resolve(password),
    matches: (stored: string | null, password: string) => Promise.resolve(stored === password),
  }
  const member = {
    name: '安',
    role: 'pr',
    joinedAt: 0,
    department: null,
    layer: 'execution',
    owner: false,
    vendor: null,
    status: 'active',
    revoked: null,
  } as const
  const accounts = createAccounts(
    db,
    { readMember: () => Promise.resolve(member), join: () => Promise.resolve({ ok: true, value: null }) },
    edge,
    passwords,
  )
  await accounts.setPassword('00000000-0000-4000-8000-00000000000a', 'an', '', 'richtig-und-lang', null, 'here')
  const tryFrom = async (address: string, password = 'falsch') => {
    const answer = await accounts.signIn('an', password, 'x', address)
    return answer.ok ? 'in' : answer.failure.code
  }
  const guessAt = async (address: string) =>
    (await Promise.all(Array.from({ length: 20 }, () => tryFrom(address)))).filter((code) => code === 'sign-in-failed').length
  expect(await tryFrom('home', 'richtig-und-lang')).toBe('in')
  // Of twenty attempts at once, five are tried. The right password from that address waits as well.
  expect(await guessAt('stranger')).toBe(5)
  expect(await tryFrom('stranger', 'richtig-und-lang')).toBe('locked-out')
  expect(await tryFrom('home', 'richtig-und-lang')).toBe('in')
  expect(await tryFrom('hotel', 'richtig-und-lang')).toBe('in')
  let tried = 0
  for (let address = 0; address < 20; address++) tried += await guessAt(`many-${address}`)
  expect(tried).toBe(50)
  expect(await tryFrom('another hotel', 'richtig-und-lang')).toBe('locked-out')
  for (const known of ['home', 'hotel']) expect(await tryFrom(known, 'richtig-und-lang')).toBe('in')
  now += 15 * 60_000
  expect(await tryFrom('stranger', 'richtig-und-lang')).toBe('in')
  expect(await guessAt('home')).toBe(5)
})
