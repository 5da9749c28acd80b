import { expect, test } from 'vitest'
import { importedChannelId, importedContactId } from '#domain/contacts/contact-id.ts'
import { isUuid } from '#domain/log/ids.ts'
import { sha256 } from '#tests/support/log-texts.ts'

const MOBILE = { kind: 'mobile', address: '+8613800138000' } as const
const DESK = { kind: 'landline', address: '+862168888888' } as const
const MAIL = { kind: 'email', address: 'qian@example.com' } as const
const idOf = (name: string, organization: string, ...channels: (typeof MOBILE | typeof DESK | typeof MAIL)[]) =>
  importedContactId({ name, organization }, channels, sha256, 'team')

test('an imported person has the same id on every device, whatever the order of the file and its other columns', () => {
  const id = idOf('钱进', '', DESK, MOBILE, MAIL)
  expect(isUuid(id)).toBe(true)
  expect([idOf('钱进', '', MOBILE), idOf('钱进', '远航', MAIL, MOBILE)]).toEqual([id, id])
  expect(importedChannelId(id, MOBILE, sha256)).toBe(importedChannelId(id, MOBILE, sha256))
  expect(importedChannelId(id, MOBILE, sha256)).not.toBe(importedChannelId(id, MAIL, sha256))
})

test('the id contains the team, and that of earlier versions is still known', () => {
  const person = { name: '钱进', organization: '远航' }
  for (const channels of [[MOBILE], []]) {
    const ids = ['team', 'another', null].map((team) => importedContactId(person, channels, sha256, team))
    expect(new Set(ids).size).toBe(3)
  }
  expect(importedContactId(person, [MOBILE], sha256, null)).toBe('4c316f34-8e17-8d3f-977d-2d56d09a4949')
})

test('people who share a name, a line or a company have their own ids', () => {
  const ids = [
    idOf('钱进', '远航', MOBILE),
    idOf('钱进', '远航', { ...MOBILE, address: '+8613900139000' as typeof MOBILE.address }),
    idOf('周敏', '远航', MOBILE),
    idOf('钱进', '远航', DESK),
    idOf('周敏', '远航', DESK),
    idOf('钱进', '远航'),
    idOf('钱进', ''),
  ]
  expect(new Set(ids).size).toBe(ids.length)
})
