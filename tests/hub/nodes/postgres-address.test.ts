import { expect, test } from 'vitest'
import { holdsPassword, serversOf } from '#hub/database/postgres-address.ts'
import { readHubConfig } from '#hub/hub-config.ts'

test('an address names one server or several; what makes no sense for a hub is said', () => {
  expect(serversOf('postgres://an@db/team')).toEqual(['postgres://an@db/team'])
  expect(serversOf('postgresql://an:pw@one:5433,two,[::1]:7/team?target_session_attrs=primary&sslmode=require')).toEqual([
    'postgresql://an:pw@one:5433/team?sslmode=require',
    'postgresql://an:pw@two/team?sslmode=require',
    'postgresql://an:pw@[::1]:7/team?sslmode=require',
  ])
  expect(() => serversOf('postgres://one,two/team?target_session_attrs=prefer-standby')).toThrow(
    'target_session_attrs may be any, read-write, primary',
  )
  expect(() => serversOf('mysql://one/team')).toThrow('postgres://')
})

test.each([
  'postgres://an:pw@db/team',
  'postgres://an:p%40w@one,two/team',
  'postgres://an@db/team?password=pw',
  'postgresql://:pw@db/team?sslmode=require&password=',
])('a password among the arguments is refused, and taken from the environment: %s', async (database) => {
  expect(holdsPassword(database)).toBe(true)
  expect(await readHubConfig({ database }, {}, '/data')).toEqual({ ok: false, trouble: { kind: 'secret-in-flag', name: 'database' } })
  expect(await readHubConfig({}, { STORMROOM_HUB_DATABASE: database }, '/data')).toMatchObject({ ok: true, config: { database } })
})

test.each(['postgres://an@db/team', 'postgres://db/team', 'postgres://an:@db/team', 'postgres://one,two/team?sslmode=require'])(
  'an address without one may stand among the arguments: %s',
  async (database) => {
    expect(holdsPassword(database)).toBe(false)
    expect(await readHubConfig({ database }, {}, '/data')).toMatchObject({ ok: true, config: { database } })
  },
)
