import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { INSTALL_COMMAND, findChromium, type ChromiumSources } from './find-chromium.ts'
import { unpackChromium } from './unpacked-chromium.ts'

let folder: string
let works: string
let alsoWorks: string
let stub: string

const program = async (name: string, script: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stormroom-browsers-'))
  works = await program('works', 'echo Chromium 150.0.1')
  alsoWorks = await program('also-works', 'echo Google Chrome 151.0')
  stub = await program('stub', 'echo please install the snap; exit 1')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const none: ChromiumSources = { chosen: undefined, playwright: () => '/nowhere', system: () => [], unpack: async () => null }

test("Playwright's own browser comes before the system's, and that before the unpacked one", async () => {
  const unpack = async () => ({ executablePath: alsoWorks, env: { LD_LIBRARY_PATH: '/somewhere' } })
  expect(await findChromium({ ...none, playwright: () => works, system: () => [alsoWorks], unpack })).toMatchObject({
    executablePath: works,
    from: 'playwright',
  })
  expect(await findChromium({ ...none, system: () => [works], unpack })).toMatchObject({ executablePath: works, from: 'system' })
  expect(await findChromium({ ...none, unpack })).toMatchObject({
    executablePath: alsoWorks,
    from: 'package',
    env: { LD_LIBRARY_PATH: '/somewhere' },
  })
})

test('a stub that only asks to install something is passed over', async () => {
  expect(await findChromium({ ...none, system: () => [join(folder, 'absent'), stub, works] })).toMatchObject({ executablePath: works })
})

test('STORMROOM_CHROMIUM wins, and is not silently replaced when it does not work', async () => {
  expect(await findChromium({ ...none, chosen: alsoWorks, playwright: () => works })).toMatchObject({
    executablePath: alsoWorks,
    from: 'environment',
  })
  await expect(findChromium({ ...none, chosen: stub, playwright: () => works })).rejects.toThrow(stub)
})

test('without any browser the error names the one command to run', async () => {
  await expect(findChromium(none)).rejects.toThrow(INSTALL_COMMAND)
})

test('the sandbox is given up only for root and for the unpacked browser, and web security never', async () => {
  const asNobody = await findChromium({ ...none, system: () => [works] })
  expect(asNobody.args.includes('--no-sandbox')).toBe(process.getuid?.() === 0)
  const unpacked = await findChromium({ ...none, unpack: async () => ({ executablePath: works, env: {} }) })
  expect(unpacked.args).toContain('--no-sandbox')
  expect(unpacked.args.join(' ')).not.toMatch(/web-security|single-process|insecure/u)
})

test('the browser found on this machine opens a page and runs its script', async () => {
  const found = await findChromium()
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    args: found.args,
    env: { ...process.env, ...found.env } as Record<string, string>,
  })
  try {
    const page = await browser.newPage()
    await page.setContent('<p id="p"></p><script>document.querySelector("#p").textContent = "定风波 " + (20 + 3)</script>')
    expect(await page.textContent('#p')).toBe('定风波 23')
  } finally {
    await browser.close()
  }
})

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'the browser inside @sparticuz/chromium, unpacked with its own libraries, opens a page',
  async () => {
    const unpacked = await unpackChromium()
    const found = await findChromium({ ...none, unpack: async () => unpacked })
    expect(found.from).toBe('package')
    const browser = await chromium.launch({
      executablePath: found.executablePath,
      args: found.args,
      env: { ...process.env, ...found.env } as Record<string, string>,
    })
    try {
      const page = await browser.newPage()
      await page.setContent('<p>定风波</p>')
      expect(await page.textContent('p')).toBe('定风波')
    } finally {
      await browser.close()
    }
  },
)
