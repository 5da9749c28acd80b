import type { Kysely } from 'kysely'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { AccountTables } from '#hub/accounts/account-tables.ts'
import { createAccounts } from '#hub/accounts/accounts.ts'
import { createPasswords } from '#hub/accounts/passwords.ts'
import { openHub } from '#hub/open-hub.ts'
import type { MemberState } from '#domain/members/member.ts'
import { memberWith } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

test('who joins while the disk is full comes in as soon as there is room, without a new start of the hub', async () => {
  const opened = openHub(join(makeTempFolder('joining', 'quick'), 'hub.db'), true, Date.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  onTestFinished(() => opened.hub.close())
  let made = 0
  const edge = {
    now: Date.now,
    random: (bytes: number) => new Uint8Array(bytes).fill(++made),
    uuid: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
  }
  const passwords = {
    ...createPasswords(),
    hash: (password: string) => Promise.resolve(password),
    matches: (stored: string | null, password: string) => Promise.resolve(stored === password),
  }
  const members = new Map<string, MemberState>()
  let isFull = true
  const log = {
    readMember: (memberId: string) => Promise.resolve(members.get(memberId) ?? null),
    join(_op: string, memberId: string) {
      if (isFull) return Promise.reject(Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' }))
      members.set(memberId, memberWith({ name: '安', role: 'pr' }))
      return Promise.resolve({ ok: true, value: null } as const)
    },
  }
  const db: Kysely<AccountTables> = opened.hub.database.kysely.withTables<AccountTables>()
  const accounts = createAccounts(db, log, edge, passwords)
  const { secret } = await accounts.invites.make({ role: 'pr' }, '', 24, '00000000-0000-4000-8000-00000000000f')
  const who = { name: '安', login: 'an', password: 'ein-langes-passwort', device: '一台电脑' }
  await expect(accounts.useInvite(secret, who)).rejects.toThrow('disk full')
  expect(await accounts.useInvite(secret, who)).toMatchObject({ ok: false, failure: { code: 'invite-used' } })
  await expect(accounts.signIn('an', who.password, 'x', 'here')).rejects.toThrow('disk full')
  isFull = false
  expect(await accounts.signIn('an', who.password, 'x', 'here')).toMatchObject({ ok: true })
  expect(members.size).toBe(1)
})
