import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RETRY_AFTER_MS, findElectron, type ElectronOptions } from '../../src/command-line/electron-binary.ts'

// A folder in the layout of the npm package `electron`, whose install.js really runs: it succeeds, fails or hangs.

let modules: string
let packageFolder: string

const succeeds = `
const fs = require('node:fs')
fs.appendFileSync('calls.log', 'called\\n')
fs.mkdirSync('dist')
fs.writeFileSync('dist/electron', '')
fs.writeFileSync('dist/version', '45.4.1')
fs.writeFileSync('path.txt', 'electron')
`
const fails = `require('node:fs').appendFileSync('calls.log', 'called\\n'); process.exit(1);`
const hangs = `
const fs = require('node:fs')
fs.appendFileSync('calls.log', 'called\\n')
fs.writeFileSync(require('node:path').join(require('node:os').tmpdir(), 'half.zip'), 'half')
const grandchild = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
fs.writeFileSync('pids.json', JSON.stringify([process.pid, grandchild.pid]))
setInterval(() => {}, 1000)
`

beforeEach(async () => {
  modules = await mkdtemp(join(tmpdir(), 'stormroom-electron-'))
  packageFolder = join(modules, 'electron')
  await mkdir(packageFolder)
  await writeFile(join(packageFolder, 'package.json'), '{"version":"45.4.1"}')
})
afterEach(() => rm(modules, { recursive: true, force: true }))

const find = (options: Partial<ElectronOptions> = {}) =>
  findElectron({ tryDownload: true, packageFolder, env: { PATH: process.env['PATH'] }, now: () => 1_000_000, ...options })
const install = (script: string) => writeFile(join(packageFolder, 'install.js'), script)
const calls = async (): Promise<number> => (await readFile(join(packageFolder, 'calls.log'), 'utf8').catch(() => '')).split('\n').length - 1

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a binary that is there is found without running anything', async () => {
  await install(succeeds)
  await find()
  expect(await find()).toEqual({ found: true, executable: join(packageFolder, 'dist', 'electron') })
  expect(await calls()).toBe(1)
})

test('an absent binary is fetched when asked, after saying so, and left alone when not asked', async () => {
  await install(succeeds)
  expect(await find({ tryDownload: false })).toEqual({ found: false, reason: 'not-downloaded' })
  expect(await calls()).toBe(0)
  let told = 0
  expect(await find({ onDownload: () => (told += 1) })).toEqual({ found: true, executable: join(packageFolder, 'dist', 'electron') })
  expect(told).toBe(1)
})

test('a download that hangs is given up at the limit with every process it started, and its temporary files go', async () => {
  await install(hangs)
  const limit = new AbortController()
  const search = find({ startLimit: () => limit.signal })
  await expect.poll(() => readFile(join(packageFolder, 'pids.json'), 'utf8').catch(() => '')).toMatch(/\]$/u)
  limit.abort()
  expect(await search).toEqual({ found: false, reason: 'download-too-slow' })
  const pids: number[] = JSON.parse(await readFile(join(packageFolder, 'pids.json'), 'utf8'))
  expect(pids).toHaveLength(2)
  await expect.poll(() => pids.filter(isRunning)).toEqual([])
  expect(await readdir(join(modules, '.cache/stormroom'))).toEqual(['electron.json'])
})

test('a failed download is not tried again at the next starts, but after a week, on request, or for another version', async () => {
  await install(fails)
  expect(await find()).toEqual({ found: false, reason: 'download-failed' })
  expect(await find()).toEqual({ found: false, reason: 'failed-before' })
  expect(await find({ now: () => 1_000_000 + RETRY_AFTER_MS - 1 })).toEqual({ found: false, reason: 'failed-before' })
  expect(await calls()).toBe(1)

  expect(await find({ now: () => 1_000_000 + RETRY_AFTER_MS })).toEqual({ found: false, reason: 'download-failed' })
  expect(await find({ env: { STORMROOM_ELECTRON: 'retry' } })).toEqual({ found: false, reason: 'download-failed' })
  await writeFile(join(packageFolder, 'package.json'), '{"version":"46.0.0"}')
  expect(await find()).toEqual({ found: false, reason: 'download-failed' })
  expect(await calls()).toBe(4)
})

test('an installer that ends well without leaving a binary counts as failed', async () => {
  await install('')
  expect(await find()).toEqual({ found: false, reason: 'download-failed' })
})

test('a damaged note of a failure, or a binary of another version, is not trusted', async () => {
  await install(succeeds)
  await mkdir(join(modules, '.cache/stormroom'), { recursive: true })
  await writeFile(join(modules, '.cache/stormroom/electron.json'), '{"version":')
  expect(await find()).toMatchObject({ found: true })
  await writeFile(join(packageFolder, 'dist/version'), '44.0.0')
  expect(await find({ tryDownload: false })).toEqual({ found: false, reason: 'not-downloaded' })
})

test('the environment can turn Electron off, point to a binary elsewhere, or forbid the download', async () => {
  await install(succeeds)
  expect(await find({ env: { STORMROOM_ELECTRON: 'off' } })).toEqual({ found: false, reason: 'turned-off' })
  expect(await find({ env: { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' } })).toEqual({ found: false, reason: 'not-downloaded' })

  const elsewhere = join(modules, 'elsewhere')
  await mkdir(elsewhere)
  expect(await find({ env: { ELECTRON_OVERRIDE_DIST_PATH: elsewhere } })).toEqual({ found: false, reason: 'not-downloaded' })
  await writeFile(join(packageFolder, 'path.txt'), 'my-electron')
  await writeFile(join(elsewhere, 'my-electron'), '')
  await chmod(join(elsewhere, 'my-electron'), 0o755)
  expect(await find({ env: { ELECTRON_OVERRIDE_DIST_PATH: elsewhere } })).toEqual({
    found: true,
    executable: join(elsewhere, 'my-electron'),
  })
  expect(await calls()).toBe(0)
})

test('without the npm package there is no Electron, and the real one of this clone is looked up by Node', async () => {
  expect(await find({ packageFolder: null })).toEqual({ found: false, reason: 'not-installed' })
  expect(await find({ packageFolder: join(modules, 'nowhere') })).toEqual({ found: false, reason: 'not-installed' })
  const real = await findElectron({ tryDownload: false, env: {} })
  expect(real.found || real.reason).not.toBe('not-installed')
})
