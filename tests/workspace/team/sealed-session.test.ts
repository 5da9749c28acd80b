import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { readKeyFile } from '#storage/key-file.ts'
import { makeSealingKey, openSealed } from '#storage/sealed-value.ts'
import type { WorkspaceOptions } from '#workspace/workspace-options.ts'
import { APP_KEY_FILE } from '#workspace/team/app-key.ts'
import { defaultKeyFile } from '#workspace/team/device-keys.ts'
import {
  declareIncident,
  openReadyWorkspace,
  openWorkspaceUnderTest,
  waitForSync,
  type WorkspaceUnderTest,
} from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { PASSWORD, serveTeam, untilSynced } from './serve-team.ts'

async function until(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let look = 0; look < 1200; look++) {
    if (await isSo()) return
    await wait(25)
  }
  throw new Error(`Never came to be: ${what}`)
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() ? [join(one.parentPath, one.name)] : []))

/** Whether a file contains a text in the clear; a file removed since it was listed contains nothing. */
function holds(file: string, text: string): boolean {
  try {
    return readFileSync(file).includes(text)
  } catch {
    return false
  }
}

/** The files of a folder that contain a text in the clear. */
const filesWith = (folder: string, text: string) =>
  filesIn(folder)
    .filter((file) => holds(file, text))
    .map((file) => file.slice(folder.length + 1))

function joinedIn(dataFolder: string): { token: string } & Record<string, unknown> {
  const db = new Database(join(dataFolder, 'replica.db'), { readonly: true })
  const value = db.prepare<[], string>("SELECT value FROM meta WHERE key = 'joined'").pluck().get()
  db.close()
  return JSON.parse(value ?? 'null') as { token: string }
}

/** The token as the hub issued it. */
function tokenIn(dataFolder: string, keyFile: string): string {
  const found = readKeyFile(keyFile)
  if (found.kind !== 'key') throw new Error(found.kind)
  const opened = openSealed(joinedIn(dataFolder).token, found.key, 'device-session')
  if (opened.kind !== 'open') throw new Error(opened.kind)
  return opened.text
}

/** Writes the token in the clear into a closed replica, as earlier versions did, more than once and without wiping. */
function writeInTheClear(file: string, token: string): void {
  const db = new Database(file)
  db.pragma('secure_delete = OFF')
  const joined = JSON.parse(db.prepare<[], string>("SELECT value FROM meta WHERE key = 'joined'").pluck().get() ?? 'null') as object
  for (const more of ['x'.repeat(3000), ''])
    db.prepare("UPDATE meta SET value = ? WHERE key = 'joined'").run(JSON.stringify({ ...joined, device: `x${more}`, token }))
  db.close()
}

async function joinedDevice(keys: WorkspaceOptions['keys'] | null = null) {
  const team = await serveTeam(5)
  const dataFolder = makeTempFolder('device', 'quick')
  const keyFile = join(makeTempFolder('keys', 'quick'), 'apart', 'device.key')
  const workspace = await team.join(
    'li',
    await openWorkspaceUnderTest(dataFolder, undefined, { scrubQuietMs: 20, keys: keys ?? { keyFile } }),
  )
  await untilSynced(workspace)
  return { team, dataFolder, keyFile, workspace }
}

const lockedFor = async (workspace: WorkspaceUnderTest) => (await workspace.value('workspace.status', {})).locked?.reason ?? null
const signIn = (workspace: WorkspaceUnderTest, url: string) =>
  workspace.call('membership.signIn', {
    address: url,
    fingerprint: null,
    login: 'li',
    password: PASSWORD,
    device: 'x',
    language: 'zh-Hans',
  })

test('the token lies in no file of the data folder nor of its backups, and a copied folder is of no use', async () => {
  const { team, dataFolder, keyFile, workspace } = await joinedDevice()
  await workspace.value('workspace.backUpNow', {})
  const token = tokenIn(dataFolder, keyFile)
  expect((await team.get('/link/bootstrap-snapshot', token)).status).not.toBe(401)
  expect(joinedIn(dataFolder).token).toMatch(/^sealed:1:/)
  expect(filesIn(join(dataFolder, 'backups')).some((file) => file.endsWith('replica.db'))).toBe(true)
  expect(filesWith(dataFolder, token)).toEqual([])
  expect(filesWith(dataFolder, readFileSync(keyFile, 'utf8').trim())).toEqual([])
  await workspace.close()

  const copied = await openWorkspaceUnderTest(dataFolder, undefined, {
    keys: { keyFile: join(makeTempFolder('elsewhere', 'quick'), 'device.key') },
  })
  expect(await lockedFor(copied)).toBe('session-unknown')
  await wait(300)
  expect((await copied.value('workspace.status', {})).sync.connected).toBe(false)
  expect(await copied.failure('incidents.list', {})).toBe('locked')
})

test('a token in the clear is sealed when the folder is opened, and leaves the file and every copy of it', async () => {
  const { dataFolder, keyFile, workspace } = await joinedDevice()
  await workspace.value('workspace.backUpNow', {})
  const token = tokenIn(dataFolder, keyFile)
  await workspace.close()
  for (const file of filesIn(dataFolder).filter((one) => one.endsWith('replica.db'))) writeInTheClear(file, token)
  rmSync(keyFile)
  expect(filesWith(dataFolder, token)).toHaveLength(2)

  const again = await openWorkspaceUnderTest(dataFolder, undefined, { scrubQuietMs: 20, keys: { keyFile } })
  expect(joinedIn(dataFolder).token).toMatch(/^sealed:1:/)
  await untilSynced(again)
  await until(() => filesWith(dataFolder, token).length === 0, 'the token is in no file')
  expect(tokenIn(dataFolder, keyFile)).toBe(token)

  // The backup can be restored: the replaced replica passes its token on.
  const [backup] = await again.value('workspace.backups', {})
  await again.value('workspace.restoreBackup', { id: backup?.id ?? '' })
  await untilSynced(again)
  expect(await lockedFor(again)).toBeNull()
  expect(filesWith(dataFolder, token)).toEqual([])
  expect(again.faults).toEqual([])
})

test.each(['gone', 'another', 'rubbish'])(
  'whoever finds the key %s signs in again; what was written is kept and goes out',
  async (what) => {
    const { team, dataFolder, keyFile, workspace } = await joinedDevice()
    const incidentId = await declareIncident(workspace)
    await waitForSync(workspace)
    await team.server.close()
    await workspace.value('timeline.record', { incidentId, kind: 'observation', text: '还没送出的' })
    await workspace.close()
    const kept = readFileSync(keyFile, 'utf8')
    rmSync(keyFile)
    if (what === 'another') writeFileSync(keyFile, `stormroom-key:1:${makeSealingKey().bytes.toString('base64url')}\n`)
    if (what === 'rubbish') writeFileSync(keyFile, 'rubbish')

    const again = await openWorkspaceUnderTest(dataFolder, undefined, { keys: { keyFile } })
    const status = await again.value('workspace.status', {})
    expect(status).toMatchObject({ phase: 'locked', locked: { reason: 'session-unknown', login: 'li', unsent: 1 } })
    // It is enough to put the right key back.
    if (what !== 'another') {
      writeFileSync(keyFile, kept)
      await again.value('membership.tryAgain', {})
      expect(await lockedFor(again)).toBeNull()
    }
    expect(again.faults).toEqual([])
  },
)

test('signing in again after the key was lost seals anew', async () => {
  const { team, dataFolder, keyFile, workspace } = await joinedDevice()
  const incidentId = await declareIncident(workspace)
  await waitForSync(workspace)
  await workspace.close()
  rmSync(keyFile)
  const again = await openWorkspaceUnderTest(dataFolder, undefined, { keys: { keyFile } })
  expect(await lockedFor(again)).toBe('session-unknown')
  expect(await again.failure('timeline.record', { incidentId, kind: 'observation', text: 'x' })).toBe('locked')
  expect(await signIn(again, team.url)).toMatchObject({ ok: true })
  await untilSynced(again)
  expect(await lockedFor(again)).toBeNull()
  await again.value('timeline.record', { incidentId, kind: 'observation', text: '又进来了' })
  await waitForSync(again)
  expect(filesWith(dataFolder, tokenIn(dataFolder, keyFile))).toEqual([])
  expect(again.faults).toEqual([])
})

test('a key that the operating system keeps is used by the app; a command beside it waits, another shell asks to sign in', async () => {
  const key = makeSealingKey()
  const { team, dataFolder, workspace } = await joinedDevice({ appKey: key.bytes.toString('base64'), keyFile: '/dev/null/none' })
  writeFileSync(join(dataFolder, APP_KEY_FILE), `stormroom-kept-key:1 ${key.id} ${Buffer.from('blob').toString('base64')}\n`)
  const incidentId = await declareIncident(workspace)
  await waitForSync(workspace)
  await workspace.close()
  expect(openSealed(joinedIn(dataFolder).token, key, 'device-session').kind).toBe('open')

  const keyFile = join(makeTempFolder('keys', 'quick'), 'device.key')
  const command = await openWorkspaceUnderTest(dataFolder, undefined, { keys: { keyFile } })
  expect(await lockedFor(command)).toBeNull()
  await command.value('timeline.record', { incidentId, kind: 'observation', text: '命令写的' })
  expect((await command.value('workspace.status', {})).sync).toMatchObject({ connected: false, pending: 1 })
  expect(existsSync(keyFile)).toBe(false)
  await command.close()

  const browser = await openWorkspaceUnderTest(dataFolder, undefined, { keys: { keyFile, asksToSignIn: true } })
  expect(await lockedFor(browser)).toBe('session-unknown')
  expect(await signIn(browser, team.url)).toMatchObject({ ok: true })
  await waitForSync(browser)
  await browser.close()

  // After a sign-in in the browser, the app opens the same session with the browser's key.
  const app = await openWorkspaceUnderTest(dataFolder, undefined, { keys: { keyFile, appKey: key.bytes.toString('base64') } })
  await untilSynced(app)
  expect(await lockedFor(app)).toBeNull()
})

test('where no key can be kept the device works until it is closed, and says so', async () => {
  const { workspace, dataFolder } = await joinedDevice({ keyFile: '/dev/null/none/device.key' })
  expect(workspace.log.some(({ level, message }) => level === 'warn' && message.includes('cannot be kept'))).toBe(true)
  await waitForSync(workspace)
  await workspace.close()
  const again = await openWorkspaceUnderTest(dataFolder, undefined, { keys: { keyFile: '/dev/null/none/device.key' } })
  expect(await lockedFor(again)).toBe('session-unknown')
})

test('each data folder has a key file of its own, far from it, the same by whatever path it is reached', () => {
  const real = makeTempFolder('real', 'quick')
  const linked = join(makeTempFolder('link', 'quick'), 'data')
  symlinkSync(real, linked, 'junction')
  expect(defaultKeyFile(linked, {})).toBe(defaultKeyFile(real, {}))
  const [one, other] = [defaultKeyFile('/srv/one', {}), defaultKeyFile('/srv/other', {})]
  expect(one).not.toBe(other)
  expect(one.startsWith('/srv')).toBe(false)
  expect(defaultKeyFile('/srv/one', { STORMROOM_KEY_FILE: '/keys/mine' })).toBe('/keys/mine')
})

test("the key of an app's own hub is sealed too, under a file that lies beside it and goes into each backup with it", async () => {
  const dataFolder = makeTempFolder('own', 'quick')
  const workspace = await openReadyWorkspace(dataFolder)
  const incidentId = await declareIncident(workspace)
  await waitForSync(workspace)
  await workspace.value('workspace.backUpNow', {})
  const found = readKeyFile(join(dataFolder, 'hub.key'))
  if (found.kind !== 'key') throw new Error(found.kind)
  const copies = filesIn(dataFolder).filter((file) => file.endsWith('hub.db'))
  expect(copies).toHaveLength(2)
  for (const file of copies) {
    const db = new Database(file, { readonly: true })
    const opened = openSealed(
      db.prepare<[], string>("SELECT value FROM meta WHERE key = 'privateKey'").pluck().get() ?? '',
      found.key,
      'hub-signing-key',
    )
    db.close()
    if (opened.kind !== 'open') throw new Error(opened.kind)
    expect(filesWith(dataFolder, opened.text)).toEqual([])
  }

  const [backup] = await workspace.value('workspace.backups', {})
  // Also if the folder has had a new key since.
  writeFileSync(join(dataFolder, 'hub.key'), `stormroom-key:1:${makeSealingKey().bytes.toString('base64url')}\n`)
  await workspace.value('workspace.restoreBackup', { id: backup?.id ?? '' })
  await untilSynced(workspace)
  expect(await workspace.value('workspace.verify', {})).toMatchObject({ ok: true })
  await workspace.close()

  // Without its key the hub does not sign with another one: new ops wait until the file is back.
  const kept = readFileSync(join(dataFolder, 'hub.key'), 'utf8')
  rmSync(join(dataFolder, 'hub.key'))
  const without = await openWorkspaceUnderTest(dataFolder)
  await without.value('timeline.record', { incidentId, kind: 'observation', text: '没有钥匙时写的' })
  await until(() => without.log.some(({ detail }) => String(detail).includes('hub.key')), 'the log names the file')
  expect((await without.value('workspace.status', {})).sync).toMatchObject({ connected: false, pending: 1 })
  await without.close()
  writeFileSync(join(dataFolder, 'hub.key'), kept)
  const again = await openWorkspaceUnderTest(dataFolder)
  await waitForSync(again)
  expect(await again.value('workspace.verify', {})).toMatchObject({ ok: true })
  expect([workspace.faults, without.faults, again.faults]).toEqual([[], [], []])
})
