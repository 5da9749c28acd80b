import fc from 'fast-check'
import { LINKS_OPENED, LINKS_REFUSED } from '../../desktop/links.ts'
import type { DesktopApp } from './launch-desktop.ts'
import { ON_STAND_IN, startAgain } from './launch-desktop.ts'
import { expect, readRecord, setUp, test } from './desktop-test.ts'

/** Records what the shell would open externally, and answers its dialog with a button. */
async function keepLinks(app: DesktopApp, button: number): Promise<void> {
  await app.inMain(({ shell, dialog }, response) => {
    const kept: string[] = []
    Object.assign(globalThis, { keptLinks: kept })
    shell.openExternal = (link) => {
      kept.push(link)
      return Promise.resolve()
    }
    Object.assign(dialog, { showMessageBox: () => Promise.resolve({ response, checkboxChecked: false }) })
  }, button)
}

function keptLinks(app: DesktopApp): Promise<string[]> {
  return app.inMain(() => (globalThis as unknown as { keptLinks: string[] }).keptLinks, null)
}

test('reliability study 9.2-9.4: the page has no Node, an isolated preload and a sandbox', async ({ desktop }) => {
  const { page, inMain } = await desktop.launch()
  const preferences = await inMain(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) =>
        (window.webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences(),
      ),
    null,
  )
  expect(preferences).toHaveLength(1)
  expect(preferences[0]).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
  })
  expect(preferences[0]).not.toMatchObject({ webSecurity: false })
  const reachable = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', '__dirname'].filter((name) => name in globalThis),
  )
  expect(reachable).toEqual([])
})

test('reliability study 9.20: the page sees the functions of the bridge, and cannot change them', async ({ desktop }) => {
  const { page } = await desktop.launch()
  const seen = await page.evaluate(() => {
    const { stormroom } = window
    const before = stormroom?.openLink
    try {
      Object.assign(stormroom ?? {}, { openLink: () => Promise.resolve(true), more: 1 })
    } catch {
      // In module code, writing to a frozen object throws.
    }
    return { names: Object.keys(stormroom ?? {}), unchanged: stormroom?.openLink === before }
  })
  expect(seen).toEqual({
    names: ['platform', 'connect', 'notify', 'setLanguage', 'setTheme', 'setNextClock', 'openLink', 'onCommand'],
    unchanged: true,
  })
})

test('reliability study 9.5: the page is given nothing of the machine but a place to copy text to', async ({ desktop }) => {
  const { page } = await desktop.launch()
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'idle-detection']
    const answers = await Promise.all(names.map((name) => navigator.permissions.query({ name: name as PermissionName })))
    return answers.map(({ state }, index) => `${names[index]} ${state}`)
  })
  expect(states.filter((state) => !state.endsWith(' denied'))).toEqual([])
  const refusals = await page.evaluate(async () => {
    const nameOf = (error: unknown) => (error instanceof DOMException ? error.name : String(error))
    return {
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', nameOf),
      place: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          (error) => resolve(error.code),
        )
      }),
      notices: await Notification.requestPermission(),
    }
  })
  expect(refusals).toEqual({ camera: expect.stringMatching(/NotAllowedError|NotFoundError/), place: 1, notices: 'denied' })
  await page.bringToFront()
  expect(await page.evaluate(() => navigator.clipboard.writeText('a3f5').then(() => 'copied', String))).toBe('copied')
})

test('reliability study 9.13: whatever the page tries, it stays where it is', async ({ desktop }) => {
  const { page } = await desktop.launch()
  await setUp(page)
  await page.evaluate(() => Object.assign(window, { still: 'the same page' }))
  const origin = await page.evaluate(() => location.origin)
  // Chromium goes to about:blank without a request, also for an address without a host, so the stand-in cannot ask the shell.
  const unasked = new Set(ON_STAND_IN ? ['about:blank', 'https://'] : [])
  const addresses = [
    ...LINKS_OPENED.map(([link]) => link),
    ...LINKS_REFUSED.filter((link) => link !== '' && !unasked.has(link)),
    'app://stormroom/assets/x.js',
    '/assets/x.js',
    '/no/such/page',
    '//example.com/x',
  ]
  for (const address of addresses) {
    await page.evaluate((target) => {
      try {
        location.assign(target)
      } catch {
        // The address cannot be parsed.
      }
      const link = document.createElement('a')
      link.href = target
      document.body.append(link)
      link.click()
      link.remove()
    }, address)
  }
  await page.evaluate(() => {
    const form = document.createElement('form')
    form.action = 'https://example.com/'
    form.method = 'post'
    document.body.append(form)
    form.submit()
    form.remove()
  })
  expect(await page.evaluate(() => (window as unknown as { still?: string }).still)).toBe('the same page')
  // Evaluated in the page, because Playwright still waits for cancelled navigations.
  expect(await page.evaluate(() => ({ origin: location.origin, heading: document.querySelector('h1')?.textContent }))).toEqual({
    origin,
    heading: '指挥台',
  })
})

test('reliability study 9.13: the shell prevents what Chromium would allow', async ({ desktop }) => {
  test.skip(!ON_STAND_IN, 'Electron keeps no list of prevented navigations')
  const app = await desktop.launch()
  for (const address of ['https://example.com/', '/assets/x.js']) {
    await app.page.evaluate((target) => location.assign(target), address)
    const asked = new URL(address, 'app://stormroom').href
    await expect.poll(() => readRecord(app, 'navigations')).toContainEqual({ address: asked, prevented: true })
  }
  await app.page.evaluate(() => location.reload())
  await expect.poll(() => readRecord(app, 'navigations')).toContainEqual({ address: 'app://stormroom/', prevented: false })
})

test('reliability study 9.14: no second window opens', async ({ desktop }) => {
  const app = await desktop.launch()
  const addresses = [
    ...LINKS_OPENED.map(([link]) => link),
    'about:blank',
    'app://stormroom/',
    '/',
    'data:text/html,x',
    'javascript:1',
    'file:///etc/passwd',
  ]
  for (const address of addresses) await app.page.evaluate((target) => void window.open(target), address)
  await expect.poll(() => app.page.context().pages().length).toBe(1)
  expect(await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)).toBe(1)
  if (ON_STAND_IN) expect(new Set((await readRecord(app, 'windowOpens')).map(({ action }) => action))).toEqual(new Set(['deny']))
})

test('reliability study 9.7: the policy stops inline scripts, evaluated text, foreign pictures, frames, sockets and forms', async ({
  desktop,
}) => {
  const app = await desktop.launch()
  const outcome = await app.page.evaluate(async () => {
    const broken: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective))
    const ran: string[] = []
    Object.assign(window, { ran })
    // Trusted Types throw on text that would become script or markup; then nothing runs.
    const attempt = (act: () => void) => {
      try {
        act()
      } catch (error) {
        if (!(error instanceof TypeError)) throw error
      }
    }
    attempt(() => {
      const script = document.createElement('script')
      script.textContent = 'window.ran.push("inline")'
      document.head.append(script)
    })
    attempt(() => {
      const script = document.createElement('script')
      script.append('window.ran.push("inline text")')
      document.head.append(script)
    })
    attempt(() => document.body.setAttribute('onclick', 'window.ran.push("handler")'))
    document.body.click()
    attempt(() => {
      document.body.innerHTML = '<img src="x" onerror="window.ran.push(\'markup\')">'
    })
    const picture = document.createElement('img')
    picture.src = 'https://example.com/x.png'
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(picture, frame)
    attempt(() => {
      const thing = document.createElement('object')
      thing.data = '/index.html'
      document.body.append(thing)
    })
    attempt(() => {
      const remote = document.createElement('script')
      remote.src = 'https://example.com/x.js'
      document.head.append(remote)
    })
    // From a timer, because code that a debugger evaluates may be exempt from the policy.
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        try {
          // oxlint-disable-next-line no-eval -- only the attempt counts
          globalThis.eval('window.ran.push("eval")')
        } catch {
          // Blocked by the policy.
        }
        resolve()
      })
    })
    await fetch('https://example.com/').then(
      () => ran.push('fetch'),
      () => {},
    )
    try {
      // oxlint-disable-next-line no-new -- only the attempt counts
      new WebSocket('wss://example.com/')
    } catch {
      // Blocked by the policy.
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 200)
    })
    return { ran, broken: [...new Set(broken)].toSorted() }
  })
  expect(outcome.ran).toEqual([])
  expect(outcome.broken).toEqual(expect.arrayContaining(['connect-src', 'frame-src', 'img-src', 'require-trusted-types-for']))
  if (ON_STAND_IN) expect(await readRecord(app, 'foreignRequests')).toEqual([])
})

test('reliability study 9.18: no trick with a path leads out of the built page', async ({ desktop }) => {
  const { page } = await desktop.launch()
  const tricks = [
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/%252e%252e/package.json',
    '/assets/../../main/start-desktop.js',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/index.html%00.js',
    '/%00',
    '/assets/',
    `/${'a'.repeat(20_000)}`,
  ]
  const statuses = await page.evaluate(
    (paths) => Promise.all(paths.map((path) => fetch(location.origin + path).then(({ status }) => status, String))),
    tricks,
  )
  expect(statuses.map((status, index) => `${tricks[index]?.slice(0, 40)} ${status}`)).toEqual(
    tricks.map((trick) => `${trick.slice(0, 40)} 404`),
  )
  expect(await page.evaluate(() => fetch('/').then(({ status }) => status))).toBe(200)
  expect(await page.evaluate(() => fetch('/', { method: 'POST' }).then(({ status }) => status))).toBe(405)
})

test('reliability study 9.17: 1,000 payloads that fit no schema are refused, and the app goes on', async ({ desktop }) => {
  const app = await desktop.launch()
  await keepLinks(app, 0)
  const fits = (value: unknown) =>
    value === null || value === 'en' || value === 'zh-Hans' || value === 'auto' || value === 'light' || value === 'dark'
  const payloads = fc.sample(
    fc.jsonValue().filter((value) => !fits(value) && typeof value !== 'string'),
    { numRuns: 1000, seed: 17 },
  )
  const taken = await app.page.evaluate(async (values) => {
    const bridge = window.stormroom as unknown as Record<string, (value: unknown) => Promise<boolean>> | undefined
    const names = ['notify', 'setLanguage', 'setTheme', 'setNextClock', 'openLink']
    const answers = await Promise.all(
      values.flatMap((value) => names.map(async (name) => ({ name, taken: await bridge?.[name]?.(value) }))),
    )
    return { asked: answers.length, taken: answers.filter((answer) => answer.taken) }
  }, payloads as unknown[])
  expect(taken).toEqual({ asked: 5000, taken: [] })
  expect(await keptLinks(app)).toEqual([])
  await setUp(app.page)
})

test('reliability study 9.15: of all addresses only https, mailto and tel are opened, and only after a yes', async ({ desktop }) => {
  const app = await desktop.launch()
  const open = (link: string) => app.page.evaluate((address) => window.stormroom?.openLink(address), link)
  await keepLinks(app, 1)
  for (const [link] of LINKS_OPENED) expect(await open(link)).toBe(false)
  expect(await keptLinks(app)).toEqual([])
  await keepLinks(app, 0)
  for (const link of LINKS_REFUSED) expect([link, await open(link)]).toEqual([link, false])
  expect(await keptLinks(app)).toEqual([])
  for (const [link] of LINKS_OPENED) expect([link, await open(link)]).toEqual([link, true])
  expect(await keptLinks(app)).toEqual(LINKS_OPENED.map(([, opened]) => opened))
})

test('the packaged app does not start for a debugger', async ({ desktop }) => {
  test.skip(!ON_STAND_IN, 'only a package can say that it is one')
  for (const debuggerSwitch of ['--remote-debugging-port=9222', '--inspect-brk', '--js-flags=--expose-gc']) {
    expect(await startAgain({ dataFolder: desktop.dataFolder, args: [debuggerSwitch], packaged: true })).toBe(1)
  }
})
