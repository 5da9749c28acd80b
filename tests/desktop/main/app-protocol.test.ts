import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CONTENT_POLICY, createAppProtocol } from '../../../src/desktop/main/app-protocol.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder = ''
let answer: (request: Request) => Promise<Response>

beforeAll(async () => {
  const outside = await mkdtemp(join(tmpdir(), 'app-protocol-'))
  folder = join(outside, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(outside, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'index.html'), '<h1>page</h1>')
  await writeFile(join(folder, 'assets/entry.js'), 'export {}')
  await writeFile(join(folder, 'assets/定风波.svg'), '<svg/>')
  await symlink(join(outside, 'secret.txt'), join(folder, 'assets/link.txt'))
  answer = createAppProtocol(folder)
})

afterAll(() => rm(join(folder, '..'), { recursive: true }))

/** A request with exactly this address; the usual constructor would normalize it. */
function requestFor(url: string, method = 'GET'): Request {
  return { url, method } as Request
}

test('the root is the page, and files come with their type and the headers of every answer', async () => {
  const page = await answer(requestFor('app://stormroom/'))
  expect(page.status).toBe(200)
  expect(await page.text()).toBe('<h1>page</h1>')
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': CONTENT_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  const script = await answer(requestFor('app://stormroom/assets/entry.js?v=1#x'))
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  expect((await answer(requestFor('app://stormroom/assets/%E5%AE%9A%E9%A3%8E%E6%B3%A2.svg'))).status).toBe(200)
})

test('reliability study 9.18: no trick with the path leads anywhere', async () => {
  const tricks = [
    'app://stormroom/../secret.txt',
    'app://stormroom/%2e%2e/secret.txt',
    'app://stormroom/%2E%2E%2Fsecret.txt',
    'app://stormroom/..%2fsecret.txt',
    'app://stormroom/assets/../../secret.txt',
    'app://stormroom/assets/..%5c..%5csecret.txt',
    'app://stormroom/..\\secret.txt',
    'app://stormroom/%252e%252e/secret.txt',
    'app://stormroom//etc/passwd',
    'app://stormroom///etc/passwd',
    'app://stormroom/%2fetc%2fpasswd',
    'app://stormroom/C:/Windows/win.ini',
    'app://stormroom/C:%5cWindows%5cwin.ini',
    'app://stormroom/index.html%00.js',
    'app://stormroom/%00',
    'app://stormroom/assets/entry.js%00',
    'app://stormroom/assets/',
    'app://stormroom/assets',
    'app://stormroom/./index.html',
    'app://stormroom/index.html/',
    'app://stormroom/index.html/../secret.txt',
    'app://stormroom/assets/link.txt',
    'app://stormroom/INDEX.HTML',
    'app://stormroom/%',
    'app://stormroom/%E5%AE',
    'app://stormroom/~root',
    'app://stormroom/file:///etc/passwd',
    'app://stormroom/.',
    'app://stormroom/..',
    'app://stormroom',
    'app://other/index.html',
    'app://stormroom.evil/index.html',
    'app://stormroom@evil/index.html',
    'app:index.html',
    'https://stormroom/index.html',
    'file:///etc/passwd',
    `app://stormroom/${'a'.repeat(100_000)}`,
    `app://stormroom/${'../'.repeat(1000)}etc/passwd`,
  ]
  for (const trick of tricks) {
    const response = await answer(requestFor(trick))
    expect([trick.slice(0, 80), response.status, await response.text()]).toEqual([trick.slice(0, 80), 404, ''])
  }
})

test('reliability study 9.18: whatever is asked, only files of the folder are answered', async () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '%2e%2e', '%2f', '\\', '%5c', '%00', 'assets', 'secret.txt', 'renderer', '/'),
    fc.string({ maxLength: 8 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
      const response = await answer(requestFor(`app://stormroom/${parts.join('/')}`))
      expect(await response.text()).not.toContain('secret')
      expect([200, 404]).toContain(response.status)
    }),
    { numRuns: 500, seed: 918 },
  )
})

test('only reading is answered', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
    expect((await answer(requestFor('app://stormroom/', method))).status).toBe(405)
  const head = await answer(requestFor('app://stormroom/', 'HEAD'))
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('reliability study 9.7: the policy allows our own files, nothing inline that runs, and nothing evaluated', () => {
  const policy = new Map(
    CONTENT_POLICY.split('; ').map((directive) => [
      directive.slice(0, directive.indexOf(' ')),
      directive.slice(directive.indexOf(' ') + 1),
    ]),
  )
  expect(policy.get('default-src')).toBe("'none'")
  expect(policy.get('script-src')).toBe("'self'")
  expect(policy.get('connect-src')).toBe("'self'")
  for (const name of ['object-src', 'base-uri', 'frame-ancestors', 'form-action', 'frame-src'])
    expect([name, policy.get(name)]).toEqual([name, "'none'"])
  expect(CONTENT_POLICY).not.toMatch(/unsafe-eval|wasm-unsafe|https?:|\*/)
})
