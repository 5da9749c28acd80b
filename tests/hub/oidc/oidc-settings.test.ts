import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readHubConfig } from '#hub/hub-config.ts'
import { oidcSettingsOf } from '#hub/oidc/oidc-settings.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const WHOLE = { 'oidc-issuer': 'https://id.example.com/realms/brand', 'oidc-client-id': 'stormroom', address: ['https://war.example.com/'] }
const troubleOf = async (flags: Record<string, unknown>) => {
  const read = await readHubConfig(flags, {}, '/data')
  return read.ok || read.trouble.kind !== 'oidc' ? read : read.trouble.trouble
}

test('the provider is set up by flags, environment and file; its secret by the last two', async () => {
  const file = join(makeTempFolder(), 'hub.json')
  writeFileSync(file, JSON.stringify({ 'oidc-client-secret': 'aus-der-datei', 'oidc-only': true, 'oidc-name': '清泉账号' }))
  const read = await readHubConfig({ ...WHOLE, config: file }, { STORMROOM_HUB_OIDC_CLIENT_SECRET: 'aus-der-umgebung' }, '/data')
  if (!read.ok) throw new Error(read.trouble.kind)
  expect(oidcSettingsOf(read.config)).toEqual({
    ok: true,
    settings: {
      issuer: WHOLE['oidc-issuer'],
      clientId: 'stormroom',
      clientSecret: 'aus-der-umgebung',
      name: '清泉账号',
      only: true,
      address: 'https://war.example.com',
    },
  })
  const none = await readHubConfig({}, {}, '/data')
  expect(none.ok && oidcSettingsOf(none.config)).toEqual({ ok: true, settings: null })
})

test.each([
  ['a client without an issuer', { 'oidc-client-id': 'x' }, { why: 'incomplete', name: 'oidc-issuer' }],
  ['no passwords and no provider: nobody could come in', { 'oidc-only': true }, { why: 'incomplete', name: 'oidc-issuer' }],
  ['an issuer without a client', { ...WHOLE, 'oidc-client-id': undefined }, { why: 'incomplete', name: 'oidc-client-id' }],
  ['an issuer in the clear', { ...WHOLE, 'oidc-issuer': 'http://id.example.com' }, { why: 'issuer', name: 'oidc-issuer' }],
  [
    'an issuer that only looks like this machine',
    { ...WHOLE, 'oidc-issuer': 'http://127.0.0.1.example.com' },
    { why: 'issuer', name: 'oidc-issuer' },
  ],
  ['an issuer with a query', { ...WHOLE, 'oidc-issuer': 'https://id.example.com/?x=1' }, { why: 'issuer', name: 'oidc-issuer' }],
  ['nowhere to come back to', { ...WHOLE, address: undefined }, { why: 'address-missing', name: 'oidc-address' }],
  ['a way back in the clear', { ...WHOLE, 'oidc-address': 'http://war.example.com' }, { why: 'address', name: 'oidc-address' }],
])('a hub does not start with %s', async (_what, flags, trouble) => {
  expect(await troubleOf(flags)).toEqual(trouble)
})

test('on this machine alone plain HTTP serves', async () => {
  expect(
    (
      await readHubConfig(
        { 'oidc-issuer': 'http://localhost:3000', 'oidc-client-id': 'x', 'oidc-address': 'http://127.0.0.1:7420' },
        {},
        '/data',
      )
    ).ok,
  ).toBe(true)
})
