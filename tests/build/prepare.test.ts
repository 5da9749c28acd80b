import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

// A newcomer's clone: the real prepare script, a lockfile, and a fake npm that installs two packages and records that it was
// called. The clean-clone run of the whole suite covers the real npm ci.

const buildFolder = resolve(import.meta.dirname, '../../build')
let clone: string

const lockOf = (version: string): string =>
  JSON.stringify({
    packages: {
      '': {},
      'node_modules/node': { version: '24.0.0' },
      'node_modules/electron-vite': { version },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
    },
  })

const fakeNpm = `
const fs = require('node:fs')
fs.appendFileSync('calls.log', 'npm ' + process.argv.slice(2).join(' ') + '\\n')
console.log('noise of npm')
if (process.env.FAKE_NPM === 'fail') { console.error('npm error: no network'); process.exit(1); }
fs.rmSync('node_modules', { recursive: true, force: true })
fs.mkdirSync('node_modules/node/bin', { recursive: true })
fs.mkdirSync('node_modules/electron-vite/bin', { recursive: true })
fs.mkdirSync('node_modules/vite/bin', { recursive: true })
fs.symlinkSync(process.execPath, 'node_modules/node/bin/node')
if (process.env.FAKE_NPM === 'die-half-way') process.kill(process.pid, 'SIGKILL')
fs.writeFileSync('node_modules/electron-vite/bin/electron-vite.js', fs.readFileSync('fake-electron-vite.cjs'))
fs.writeFileSync('node_modules/vite/bin/vite.js', fs.readFileSync('fake-vite.cjs'))
const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
delete lock.packages['']; delete lock.packages['node_modules/other-platform']
const finish = () => {
  if (process.env.FAKE_NPM === 'wait-for-go' && !fs.existsSync('go')) return void setTimeout(finish, 20)
  fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify(lock))
}
finish()
`

const fakeElectronVite = `
const fs = require('node:fs')
fs.appendFileSync('calls.log', 'electron-vite ' + process.argv.slice(2).join(' ') + '\\n')
console.log('noise of the build')
if (process.env.FAKE_BUILD === 'fail') process.exit(1)
fs.mkdirSync('out/main', { recursive: true })
fs.writeFileSync('out/main/start-command-line.js', '// bundle')
`

const fakeVite = `
const fs = require('node:fs')
const [command, page] = process.argv.slice(2)
fs.appendFileSync('calls.log', 'vite ' + command + ' ' + page + '\\n')
const folder = process.argv[process.argv.indexOf('--outDir') + 1]
fs.mkdirSync(folder, { recursive: true })
fs.writeFileSync(folder + '/index.html', '<!-- page -->')
`

type Run = { status: number | null; stdout: string; stderr: string }

function prepare(args: string[] = [], env: Record<string, string> = {}, onStderr = (_soFar: string): unknown => null): Promise<Run> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ['build/prepare.mjs', ...args], {
      cwd: clone,
      env: { ...process.env, npm_execpath: join(clone, 'fake-npm-cli.cjs'), npm_node_execpath: process.execPath, ...env },
    })
    const run: Run = { status: null, stdout: '', stderr: '' }
    child.stdout.on('data', (chunk: Buffer) => (run.stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => {
      run.stderr += chunk.toString()
      onStderr(run.stderr)
    })
    child.once('error', failed).once('close', (status) => done({ ...run, status }))
  })
}

const calls = async (): Promise<string[]> => (await readFile(join(clone, 'calls.log'), 'utf8').catch(() => '')).split('\n').filter(Boolean)
const builds = async (): Promise<number> => (await calls()).filter((call) => call.startsWith('electron-vite build')).length
const installs = async (): Promise<number> => (await calls()).filter((call) => call.startsWith('npm ci')).length

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'stormroom-prepare-'))
  await cp(buildFolder, join(clone, 'build'), { recursive: true })
  await mkdir(join(clone, 'src/web/console'), { recursive: true })
  await mkdir(join(clone, 'src/web/page'))
  await writeFile(join(clone, 'src/web/console/index.html'), '')
  await writeFile(join(clone, 'package.json'), '{"type":"module"}')
  await writeFile(join(clone, 'package-lock.json'), lockOf('6.0.0'))
  await writeFile(join(clone, 'src', 'a.ts'), 'export const a = 1;')
  await writeFile(join(clone, 'fake-npm-cli.cjs'), fakeNpm)
  await writeFile(join(clone, 'fake-electron-vite.cjs'), fakeElectronVite)
  await writeFile(join(clone, 'fake-vite.cjs'), fakeVite)
})

afterEach(() => rm(clone, { recursive: true, force: true }))

test('a fresh clone is installed and built once, in two languages, with nothing on stdout', async () => {
  const first = await prepare(['--build'])
  expect(first.status, first.stderr).toBe(0)
  expect(first.stdout).toBe('')
  expect(first.stderr).toContain('首次运行，正在安装依赖')
  expect(first.stderr).toContain('first run, installing dependencies')
  expect(await calls()).toEqual([
    expect.stringMatching(/^npm ci --include=dev/),
    'electron-vite build --logLevel warn',
    'vite build src/web/console',
  ])

  const second = await prepare(['--build'])
  expect(second).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(await calls()).toHaveLength(3)
})

test('a changed lockfile installs again, a lockfile changed back after an install by hand too', async () => {
  await prepare()
  await writeFile(join(clone, 'package-lock.json'), lockOf('6.1.0'))
  const behind = await prepare()
  expect(behind.stderr).toContain('正在更新依赖')
  expect(await installs()).toBe(2)

  // Manual install: npm itself changed a version and left the stamp unchanged.
  const record = join(clone, 'node_modules/.package-lock.json')
  await writeFile(record, (await readFile(record, 'utf8')).replace('6.1.0', '6.2.0'))
  await prepare()
  expect(await installs()).toBe(3)
})

test('a tree that was installed by hand and agrees with the lockfile is taken as it is', async () => {
  await prepare()
  await rm(join(clone, 'node_modules/.stormroom-install.json'))
  expect(await prepare()).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(await installs()).toBe(1)
})

test('an install that fails or is killed half-way names the command to run and never passes for complete', async () => {
  const failed = await prepare([], { FAKE_NPM: 'fail' })
  expect(failed.status).toBe(1)
  expect(failed.stderr).toContain('npm error: no network')
  expect(failed.stderr).toMatch(/run here: npm ci\n/)

  const killed = await prepare([], { FAKE_NPM: 'die-half-way' })
  expect(killed.status).toBe(1)
  expect(await readdir(join(clone, 'node_modules'))).not.toContain('.stormroom-install.json')

  expect((await prepare()).status).toBe(0)
  expect(await installs()).toBe(3)
})

test('of several starts at once one installs and builds, and the others wait for it', async () => {
  const slow = { FAKE_NPM: 'wait-for-go' }
  const first = prepare(['--build'], slow)
  await expect.poll(installs).toBe(1)
  let told = ''
  const second = prepare(['--build'], slow, (stderr) => (told = stderr))
  await expect.poll(() => told).toContain('waiting for it')
  await writeFile(join(clone, 'go'), '')
  expect([(await first).status, (await second).status]).toEqual([0, 0])
  expect(await installs()).toBe(1)
  expect(await builds()).toBe(1)
  expect(await readdir(clone)).not.toContain('.prepare-lock')
})

test('a lock left by a process that is gone is taken over by exactly one of several starts', async () => {
  await mkdir(join(clone, '.prepare-lock'))
  const gone = spawn(process.execPath, ['-e', ''])
  await once(gone, 'close')
  await writeFile(join(clone, '.prepare-lock/owner.json'), JSON.stringify({ pid: gone.pid, token: 'gone' }))
  const runs = await Promise.all([prepare(), prepare(), prepare()])
  expect(runs.map((run) => run.status)).toEqual([0, 0, 0])
  expect(await installs()).toBe(1)
})

test('bundles are built again when a source changes or appears or a bundle is gone, and not when only a date changes', async () => {
  await prepare(['--build'])
  const source = join(clone, 'src/a.ts')
  await writeFile(source, await readFile(source))
  await prepare(['--build'])
  expect(await builds()).toBe(1)

  await writeFile(source, 'export const a = 2;')
  await prepare(['--build'])
  expect(await builds()).toBe(2)

  await writeFile(join(clone, 'src/b.ts'), '')
  await prepare(['--build'])
  expect(await builds()).toBe(3)

  await rm(join(clone, 'out/main/start-command-line.js'))
  await prepare(['--build'])
  expect(await builds()).toBe(4)

  await rm(join(clone, 'out/web/console/index.html'))
  await prepare(['--build'])
  expect(await builds()).toBe(5)
})

test('a failed build says so, exits with 1, and is tried again', async () => {
  const failed = await prepare(['--build'], { FAKE_BUILD: 'fail' })
  expect(failed.status).toBe(1)
  expect(failed.stderr).toContain('npm run build')
  expect((await prepare(['--build'])).status).toBe(0)
  expect(await builds()).toBe(2)
})

test('a clone in a folder with spaces and Chinese in its name, reached by a link, works', async () => {
  const link = join(clone, '定风波 clone')
  await symlink(clone, link)
  const child = spawn(process.execPath, [join(link, 'build/prepare.mjs')], {
    cwd: link,
    env: { ...process.env, npm_execpath: join(link, 'fake-npm-cli.cjs') },
  })
  expect(await once(child, 'close')).toEqual([0, null])
})
