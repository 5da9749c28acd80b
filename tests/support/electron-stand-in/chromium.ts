import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright-core'

/** How to start the browser, found by the starter of the stand-in and passed in STAND_IN_CHROMIUM as JSON. */
type Found = { executablePath: string; args: string[]; env: Record<string, string> }

let running: Promise<BrowserContext> | undefined

/** The browser with the profile of the user data folder, started on first use. */
export function browserOf(userData: string): Promise<BrowserContext> {
  running ??= launch(userData)
  return running
}

export function closeBrowser(): Promise<void> {
  return running?.then((context) => context.close()) ?? Promise.resolve()
}

function launch(userData: string): Promise<BrowserContext> {
  const found = JSON.parse(process.env['STAND_IN_CHROMIUM'] ?? 'null') as Found | null
  if (!found) throw new Error('The stand-in for Electron is not told which Chromium to drive (STAND_IN_CHROMIUM)')
  return chromium.launchPersistentContext(join(userData, 'stand-in-chromium'), {
    executablePath: found.executablePath,
    // The test connects over this port to the page that the shell opened.
    args: [...found.args, '--remote-debugging-port=0'],
    env: { ...process.env, ...found.env },
    viewport: null,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    handleSIGINT: false,
    handleSIGTERM: false,
  })
}
