import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { serveHub } from '#hub/http/serve-hub.ts'
import { readHubConfig } from '#hub/hub-config.ts'
import { openHub } from '#hub/open-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openTeamOver } from '#tests/support/team-hub.ts'
import { found, head } from './console-hub.ts'

// A desk of another site shows the console in a frame, if the hub names its origin.

const DESKS = ['https://desk.example', 'https://vendor.example:8443']

/** A hub behind a proxy that ends TLS, which a test stands for by the headers it sends. */
async function serveEmbeddable(embedOrigins?: readonly string[]) {
  const folder = makeTempFolder('embed', 'quick')
  const webFolder = join(folder, 'web')
  mkdirSync(join(webFolder, 'console', 'assets'), { recursive: true })
  writeFileSync(join(webFolder, 'console', 'index.html'), '<p>console</p>')
  writeFileSync(join(webFolder, 'console', 'assets', 'index-abcdefgh.js'), '')
  const opened = openHub(join(folder, 'hub.db'), true, Date.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const hub = await openTeamOver(opened.hub, folder, Date.now)
  const options = { host: '127.0.0.1', port: 0, certificate: null, behindProxy: true, webFolder, log: () => {} }
  const server = await serveHub(hub.team, embedOrigins ? { ...options, embedOrigins } : options)
  onTestFinished(async () => {
    await server.close()
    await hub.team.close()
  })
  const base = `http://127.0.0.1:${server.port}`
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${base}${path}`, { headers, redirect: 'manual' })
  return { ...hub, base, get }
}

const ancestorsOf = ({ headers }: Response) => /frame-ancestors ([^;]*)/u.exec(headers.get('content-security-policy') ?? '')?.[1]

test('only the origins that are named may frame the embedded console, and nothing else of the hub can be framed', async () => {
  const { get } = await serveEmbeddable(DESKS)
  const fromDesk = { referer: 'https://elsewhere.example/', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }
  for (const path of ['/console/embed/', '/console/embed/assets/index-abcdefgh.js']) {
    const answer = await get(path, fromDesk)
    // The browser compares: whoever asks gets the same list, without the asking origin.
    expect([answer.status, ancestorsOf(answer), answer.headers.get('x-frame-options')]).toEqual([200, DESKS.join(' '), null])
  }
  expect((await get('/console/embed')).headers.get('location')).toBe('embed/')
  for (const path of ['/console/', '/console', '/console/api/state', '/console/embed/api/state', '/health', '/nothing']) {
    const answer = await get(path, fromDesk)
    expect([path, ancestorsOf(answer), answer.headers.get('x-frame-options')]).toEqual([path, "'none'", 'SAMEORIGIN'])
  }
})

test('a hub that names no origin serves no embedded console', async () => {
  const { get } = await serveEmbeddable()
  for (const path of ['/console/embed', '/console/embed/', '/console/embed/api/state']) expect((await get(path)).status).toBe(404)
  expect(ancestorsOf(await get('/console/'))).toBe("'none'")
})

test('the embedded console has a session of its own, which no other site can use', async () => {
  const hub = await serveEmbeddable(DESKS)
  await found(hub)
  const { added } = await head(hub, 'agents.add', { agents: [{ number: '801', name: '坐席', vendor: null, groups: [] }] })
  const entry = { number: '801', password: added[0]?.password }
  const post = (path: string, body: unknown, headers: Record<string, string>) =>
    fetch(`${hub.base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const own = { origin: hub.base, 'sec-fetch-site': 'same-origin' }
  const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0] ?? ''

  const secure = cookieOf(await post('/console/embed/api/sign-in', entry, { ...own, 'x-forwarded-proto': 'https' }))
  expect(secure).toMatch(/^stormroom_embed=[\w-]+; Path=\/console\/embed; HttpOnly; SameSite=None; Secure; Partitioned$/u)
  const page = cookieOf(await post('/console/api/sign-in', entry, { ...own, 'x-forwarded-proto': 'https' }))
  expect(page).toMatch(/^stormroom_console=[\w-]+; Path=\/console; HttpOnly; SameSite=Strict; Secure$/u)
  // Without TLS a browser would refuse the cookie.
  expect(cookieOf(await post('/console/embed/api/sign-in', entry, own))).toMatch(/; HttpOnly; SameSite=Strict$/u)

  const cookie = secure.split(';')[0] ?? ''
  expect((await hub.get('/console/embed/api/state', { cookie, ...own })).status).toBe(200)
  expect((await hub.get('/console/api/state', { cookie, ...own })).status).toBe(401)
  const pageCookie = page.split(';')[0] ?? ''
  expect((await hub.get('/console/embed/api/state', { cookie: pageCookie, ...own })).status).toBe(401)

  // What a desk that may frame the console sends by itself, and any other site.
  for (const origin of [DESKS[0] ?? '', 'https://elsewhere.example']) {
    for (const headers of [
      { cookie, origin },
      { cookie, origin, 'sec-fetch-site': 'cross-site' },
    ]) {
      expect((await hub.get('/console/embed/api/state', headers)).status).toBe(403)
      expect((await post('/console/embed/api/sign-out', {}, headers)).status).toBe(403)
    }
  }
  expect((await hub.get('/console/embed/api/state', { cookie, ...own })).status).toBe(200)
})

test('origins are checked when the hub starts: https, or this machine, and nothing that a policy would read otherwise', async () => {
  const read = async (origins: unknown) => {
    const result = await readHubConfig({ 'embed-origins': origins }, {}, '/data')
    return result.ok ? result.config['embed-origins'] : result.trouble.kind
  }
  expect(await read(DESKS)).toEqual(DESKS)
  expect(await read('https://desk.example, http://localhost:8080')).toEqual(['https://desk.example', 'http://localhost:8080'])
  const refused = [
    'http://desk.example',
    'https://*.example',
    '*',
    'https://desk.example/',
    "https://a.example; script-src 'x'",
    'https:',
    '',
  ]
  for (const origin of refused) expect([origin, await read([origin])]).toEqual([origin, 'value'])
})
