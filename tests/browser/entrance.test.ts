import { openEntrance } from '#browser/entrance.ts'
import { expect, test } from 'vitest'

test('the token and the session are 256 random bits each, and different at every start', () => {
  const sizes: number[] = []
  const first = openEntrance(
    () => 1,
    (bytes) => {
      sizes.push(bytes)
      return Buffer.alloc(bytes, sizes.length)
    },
  )
  expect(sizes).toEqual([32, 32, 32])
  expect(first.token).toBe(Buffer.alloc(32, 1).toString('base64url'))
  expect(openEntrance(() => 1).token).not.toBe(openEntrance(() => 1).token)
})

test('a token works once, and gives the cookie that is admitted', () => {
  const entrance = openEntrance(() => 4711)
  expect(entrance.admits(undefined)).toBe(false)
  expect(entrance.exchange(`${entrance.token} `, undefined)).toBeNull()
  const { cookies, key } = entrance.exchange(entrance.token, undefined) ?? { cookies: [], key: '' }
  expect(cookies).toHaveLength(1)
  expect([key, `${key}x`, '', undefined, { key }].map((one) => entrance.admitsPage(one))).toEqual([true, false, false, false, false])
  expect(entrance.exchange(entrance.token, undefined)).toBeNull()
  const session = cookies[0]?.split(';')[0] ?? ''
  expect(entrance.admits(session)).toBe(true)
  expect(entrance.admits(`a=b; ${session}; c`)).toBe(true)
  expect(openEntrance(() => 4711).admits(session)).toBe(false)
})
