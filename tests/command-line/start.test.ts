import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { finish, REPOSITORY, startCommand, type RunOptions } from './run-command.ts'

/** A package as it is after a build, with a test page instead of the built renderer. */
let built: string
let unbuilt: string
let data: string
const PAGE = '<!doctype html><title>built page</title>'

function layOut(folder: string): string {
  mkdirSync(folder)
  cpSync(join(REPOSITORY, 'package.json'), join(folder, 'package.json'))
  for (const name of ['src', 'resources', 'node_modules']) symlinkSync(join(REPOSITORY, name), join(folder, name))
  return folder
}

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'stormroom-start-'))
  data = join(folder, 'data')
  unbuilt = layOut(join(folder, 'unbuilt'))
  built = layOut(join(folder, 'built'))
  mkdirSync(join(built, 'out/renderer'), { recursive: true })
  writeFileSync(join(built, 'out/renderer/index.html'), PAGE)
})
afterAll(() => rmSync(join(data, '..'), { recursive: true, force: true }))

function start(folder: string, args: readonly string[], options: RunOptions = {}) {
  const entry = join(folder, 'src/command-line/start-command-line.ts')
  return startCommand(['start', '--data', data, ...args], {
    ...options,
    entry,
    nodeArgs: ['--preserve-symlinks', '--preserve-symlinks-main'],
  })
}

test('--json says where the app is on one line once it answers, and Ctrl-C ends it with code 0', async () => {
  const child = start(built, ['--browser', '--no-open', '--json'])
  const ended = once(child, 'close') as Promise<[number | null]>
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  await once(reader, 'line')
  const { ok, url, port, pid } = JSON.parse(lines[0] ?? '') as { ok: boolean; url: string; port: number; pid: number }
  expect([ok, pid]).toEqual([true, child.pid])
  expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/\\?token=[\\w-]{43}$`))
  const entered = await fetch(url, { redirect: 'manual' })
  const page = await fetch(`http://127.0.0.1:${port}/`, {
    headers: { Cookie: (entered.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '' },
  })
  expect(await page.text()).toBe(PAGE)
  child.kill('SIGINT')
  expect((await ended)[0]).toBe(0)
  expect(lines).toHaveLength(1)
  expect(existsSync(join(data, 'replica.db-wal'))).toBe(false)
})

test('without Electron one plain sentence says so, in the language of the user, and the address follows', async () => {
  for (const [LANG, sentence] of [
    ['zh_CN.UTF-8', /^本机没有桌面应用所需的 Electron，改在浏览器里打开同一个应用。\n/],
    ['en_US.UTF-8', /^Electron, which the desktop app needs, is not on this machine; opening the same app in the browser instead\.\n/],
  ] as const) {
    const child = start(built, ['--no-open'], { env: { LANG, DISPLAY: ':99' } })
    const ended = finish(child)
    // Without --json the output has two lines; the second is the address.
    await new Promise<void>((resolve) => {
      let out = ''
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString('utf8')
        if (/token=[\w-]{43}\n/.test(out)) resolve()
      })
    })
    child.kill('SIGTERM')
    const { code, out, err } = await ended
    expect(code).toBe(0)
    expect(err).toMatch(sentence)
    expect(out).toMatch(/\nhttp:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\n$/)
  }
})

test.skipIf(process.platform !== 'linux')(
  'a machine without a display gets the browser edition (only Linux says so in its environment)',
  async () => {
    const child = start(built, ['--json'])
    const ended = finish(child)
    await once(child.stdout, 'data')
    child.kill('SIGINT')
    const { code, out, err } = await ended
    expect([code, err]).toEqual([0, '本机没有图形界面，改为提供浏览器版。\n'])
    expect(JSON.parse(out)).toMatchObject({ ok: true })
  },
)

test.skipIf(process.platform === 'win32')(
  'where Electron is there it is started with the data folder, and its exit code passes through (by a script that needs a POSIX shell)',
  async () => {
    const folder = join(built, 'electron')
    mkdirSync(folder)
    mkdirSync(join(built, 'out/main'))
    writeFileSync(join(built, 'out/main/start-desktop.js'), '')
    for (const name of ['electron', 'Electron.app']) {
      const binary = name === 'electron' ? join(folder, name) : join(folder, 'Electron.app/Contents/MacOS/Electron')
      mkdirSync(dirname(binary), { recursive: true })
      writeFileSync(binary, '#!/bin/sh\necho "$STORMROOM_DATA" "$1" "$#"\nexit 7\n', { mode: 0o755 })
    }
    const env = { STORMROOM_ELECTRON: '', ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':99' }
    const { code, out, err } = await finish(start(built, [], { env }))
    expect(out).toBe(`${data} ${join(built, 'out/main/start-desktop.js')} 1\n`)
    expect([code, err]).toEqual([7, expect.stringContaining('（7）')])
    expect((await finish(start(unbuilt, [], { env }))).code).toBe(1)
  },
)

test('a taken port and a missing build are refused plainly', async () => {
  const taken = createServer()
  taken.listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  const refused = await finish(start(built, ['--browser', '--no-open', '--json', '--port', String(port)]))
  taken.close()
  expect(refused.code).toBe(1)
  expect(JSON.parse(refused.out)).toMatchObject({ ok: false, failure: { code: 'port-taken', params: { port } } })

  const missing = await finish(start(unbuilt, ['--browser', '--no-open']))
  expect([missing.code, missing.err]).toEqual([1, '应用还没有构建。请运行 npm run build，或直接运行 npm start。\n'])
})

test('the demo opens without a file of its own in the data folder', async () => {
  const untouched = join(data, '../untouched')
  const child = start(built, ['--demo', '--browser', '--no-open', '--json', '--data', untouched])
  const ended = once(child, 'close') as Promise<[number | null]>
  const reader = createInterface({ input: child.stdout })
  const [line] = (await once(reader, 'line')) as [string]
  expect(JSON.parse(line)).toMatchObject({ ok: true })
  child.kill('SIGINT')
  expect((await ended)[0]).toBe(0)
  expect(existsSync(untouched)).toBe(false)
})
