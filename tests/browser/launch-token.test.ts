import { createLaunchToken } from '#browser/launch-token.ts'
import { expect, test } from 'vitest'

test('the token and the session are 256 random bits each, and different at every start', () => {
  const sizes: number[] = []
  const first = createLaunchToken(
    () => 1,
    (bytes) => {
      sizes.push(bytes)
      return Buffer.alloc(bytes, sizes.length)
    },
  )
  expect(sizes).toEqual([32, 32, 32])
  expect(first.token).toBe(Buffer.alloc(32, 1).toString('base64url'))
  expect(createLaunchToken(() => 1).token).not.toBe(createLaunchToken(() => 1).token)
})

test('a token works once, and gives the cookie that is admitted', () => {
  const launch = createLaunchToken(() => 4711)
  expect(launch.admits(undefined)).toBe(false)
  expect(launch.exchange(`${launch.token} `, undefined)).toBeNull()
  const { cookies, key } = launch.exchange(launch.token, undefined) ?? { cookies: [], key: '' }
  expect(cookies).toHaveLength(1)
  expect([key, `${key}x`, '', undefined, { key }].map((one) => launch.admitsPage(one))).toEqual([true, false, false, false, false])
  expect(launch.exchange(launch.token, undefined)).toBeNull()
  const session = cookies[0]?.split(';')[0] ?? ''
  expect(launch.admits(session)).toBe(true)
  expect(launch.admits(`a=b; ${session}; c`)).toBe(true)
  expect(createLaunchToken(() => 4711).admits(session)).toBe(false)
})
