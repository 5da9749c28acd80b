import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectApi } from '#contract/api-wire.ts'
import type { ApiClient } from '#contract/api.ts'
import type { Language } from '#contract/workspace-api.ts'
import type { MemberRole } from '#domain/members/member.ts'
import { test as base, expect, type Page } from '@playwright/test'
import { io } from 'socket.io-client'
import { endHosts, startHosted, startServer } from './start-server.ts'

/** The built app on its own data folder, and a page that shows it. */
export type App = {
  page: Page
  /** Address of the app without the token, such as http://127.0.0.1:40123/ */
  readonly origin: string
  readonly dataFolder: string
  /**
   * The contract client of the running server, to set up what a test does not cover. Request a new client after a restart.
   * With a language, the client of the demo in that language.
   */
  client(demo?: Language): Promise<ApiClient>
  /** Opens the app as on its first start, by the link with the launch token. */
  open(): Promise<void>
  /** Completes the first run through the contract, then opens the page, which shows the app. */
  setUp(member?: { name?: string; role?: MemberRole; language?: Language }): Promise<void>
  /** Stops the server as Ctrl-C does, starts it again on the same data, and reopens the page. Also restarts it after `kill`. */
  restart(): Promise<void>
  /** Kills the server without a clean shutdown, as a power cut does. */
  kill(): Promise<void>
  /** Allows console errors that match the pattern, for tests that provoke them. */
  allowErrors(pattern: RegExp): void
}

/** Follows the launch link as a browser does, without rendering the page. @returns the key for the page */
async function enter(page: Page, url: string): Promise<string> {
  const answer = await page.context().request.get(url, { maxRedirects: 0 })
  const key = /#key=([\w-]+)$/.exec(answer.headers()['location'] ?? '')?.[1]
  if (key === undefined) throw new Error(`The link let nobody in: ${answer.status()}`)
  return key
}

async function connectClient(
  page: Page,
  origin: string,
  entered: string | null,
  demo?: Language,
): Promise<{ client: ApiClient; close(): void }> {
  const cookies = await page.context().cookies(origin)
  const kept = async () =>
    (await page.context().storageState()).origins
      .find((one) => one.origin === new URL(origin).origin)
      ?.localStorage.find(({ name }) => name === 'stormroom.page-key')?.value ?? ''
  const key = entered ?? (await kept())
  const socket = io(origin, {
    auth: { key, ...(demo ? { demo } : {}) },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    autoConnect: false,
    extraHeaders: { Origin: new URL(origin).origin, Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
  })
  const client = connectApi(
    {
      send: (message) => {
        socket.emit('m', message)
      },
      onMessage: (listener) => {
        socket.on('m', listener)
      },
      onClose: (listener) => {
        socket.on('disconnect', () => listener())
      },
      close: () => {
        socket.close()
      },
    },
    () => {},
  )
  const connected = new Promise<void>((settle, refuse) => {
    socket.on('connect', () => settle())
    socket.on('connect_error', refuse)
  })
  socket.connect()
  await connected
  return { client, close: () => void socket.close() }
}

/** Collects what a page must not have: console errors (including content policy violations) and uncaught errors. */
function watchPage(page: Page) {
  const problems: string[] = []
  // Playwright injects its code with eval, which Trusted Types report. The app cannot use eval: script-src forbids it too.
  const allowed: RegExp[] = [/requires 'TrustedScript' assignment/]
  let down = false
  const note = (problem: string) => void problems.push(problem)
  page.on('console', (message) => {
    // Connection errors are expected while the server is down.
    if (message.type() === 'error' && !(down && /WebSocket|ERR_CONNECTION|Failed to load resource/.test(message.text())))
      note(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => {
    const text = error.stack ?? error.message
    // Chromium reports an error without text when the server stops while a module is loading.
    if (!(down && text === '')) note(`uncaught: ${text}`)
  })
  return {
    problems: () => problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem))),
    allow: (pattern: RegExp) => void allowed.push(pattern),
    setDown: (now: boolean) => {
      down = now
    },
  }
}

/** Runs `use` with the app on a fresh data folder and this page; then checks that the app exited cleanly. */
export async function withApp(page: Page, use: (app: App) => Promise<void>): Promise<void> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'stormroom-e2e-'))
  const watch = watchPage(page)
  let server = await startHosted(dataFolder)
  let connection: Awaited<ReturnType<typeof connectClient>> | null = null
  const demos: Awaited<ReturnType<typeof connectClient>>[] = []
  const origin = () => new URL('/', server.url).href

  /** The page key of a launch link that was followed but that no page uses yet. */
  let key: string | null = null
  let opened = false
  let wasKilled = false
  const client = async (demo?: Language) => {
    if (!opened) key ??= await enter(page, server.url)
    if (demo) {
      const shown = await connectClient(page, origin(), key, demo)
      demos.push(shown)
      return shown.client
    }
    connection ??= await connectClient(page, origin(), key)
    return connection.client
  }
  const disconnect = () => {
    for (const one of demos.splice(0)) one.close()
    connection?.close()
    connection = null
  }
  async function show(): Promise<void> {
    if (opened) await page.goto(origin())
    else await page.goto(key === null ? server.url : `${origin()}#key=${key}`)
    opened = true
    key = null
  }
  try {
    await use({
      page,
      get origin() {
        return origin()
      },
      dataFolder,
      client,
      async setUp({ name = '林舟', role = 'commander', language = 'zh-Hans' } = {}) {
        const made = await (await client()).call('workspace.setUp', { name, role, language })
        expect(made).toMatchObject({ ok: true })
        await show()
      },
      open: show,
      async restart() {
        disconnect()
        watch.setDown(true)
        if (!wasKilled) await server.stop()
        server = await startServer(dataFolder)
        wasKilled = false
        await page.goto(server.url)
        opened = true
        key = null
        watch.setDown(false)
      },
      async kill() {
        disconnect()
        watch.setDown(true)
        wasKilled = true
        await server.kill()
      },
      allowErrors: watch.allow,
    })
    expect(watch.problems(), 'errors that the page met').toEqual([])
  } finally {
    watch.setDown(true)
    disconnect()
    const code = wasKilled ? 0 : await server.stop()
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 })
    expect(code, 'exit code of the server').toBe(0)
  }
}

export const test = base.extend<{ app: App }, { hosts: null }>({
  app: ({ page }, use) => withApp(page, use),
  /** The host processes of this worker's tests; when the worker ends, they must exit by themselves. */
  hosts: [
    // Playwright requires a destructuring pattern here and reads the fixture's dependencies from it: none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await use(null)
      await endHosts()
    },
    { scope: 'worker', auto: true },
  ],
})

export { expect } from '@playwright/test'
