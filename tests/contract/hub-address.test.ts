import { expect, test } from 'vitest'
import { isSafeHubAddress } from '#contract/hub-address.ts'

test.each([
  ['https://war.example.com', true, true],
  ['HTTPS://10.0.0.5:7420', true, true],
  ['http://127.0.0.1:7420', true, false],
  ['http://127.9.8.7', true, false],
  ['http://localhost:80/x', true, false],
  ['http://[::1]:7420', true, false],
  ['http://[::ffff:127.0.0.1]', true, false],
  ['http://war.example.com', false, false],
  ['http://10.0.0.5:7420', false, false],
  ['http://127.0.0.1.evil.example', false, false],
  ['http://127.0.0.1@evil.example', false, false],
  ['http://localhost.evil.example', false, false],
  ['http://evil.example#localhost', false, false],
  ['ws://127.0.0.1', false, false],
  ['127.0.0.1:7420', false, false],
  ['http://', false, false],
])('%s: to be used without a fingerprint %s, with one %s (A7)', (url, unpinned, pinned) => {
  expect([isSafeHubAddress(url, false), isSafeHubAddress(url, true)]).toEqual([unpinned, pinned])
})
