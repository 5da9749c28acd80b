import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import Database from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { run, runJson, startCommand, type Finished } from './run-command.ts'

type Announced = { ok: true; port: number; addresses: string[]; fingerprint: string | null; invite: string | null }

const running: (() => void)[] = []
afterEach(() => {
  for (const stop of running.splice(0)) stop()
})

/** Starts the real hub process and waits for its first output. */
async function startHub(data: string, ...more: string[]) {
  const child = startCommand(['hub', '--data', data, '--port', '0', '--json', ...more])
  running.push(() => child.kill('SIGKILL'))
  const said = text(child.stderr)
  const lines = createInterface({ input: child.stdout })
  const endedEarly = async (): Promise<never> => {
    await once(child, 'close')
    throw new Error(await said)
  }
  const [line] = (await Promise.race([once(lines, 'line'), endedEarly()])) as [string]
  return {
    announced: JSON.parse(line) as Announced,
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      child.kill(signal)
      const [code] = (await once(child, 'close')) as [number | null]
      return { code, logs: await said }
    },
  }
}

function joinTeam(data: string, invite: string, login: string, password = 'lang-genug-und-geheim'): Promise<Finished> {
  return run(['join', invite, '--name', '林舟', '--login', login, '--data', data, '--json'], { input: `${password}\n` })
}

test('hub and join as real processes: the founder comes in by the printed invite, works, and the hub stops whole on SIGTERM and goes on', async () => {
  const folder = makeTempFolder()
  const hubData = join(folder, 'hub')
  const hub = await startHub(hubData, '--name', '品控')
  expect(hub.announced.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  const mine = join(folder, 'lin')
  const joined = JSON.parse((await joinTeam(mine, hub.announced.invite ?? '', 'lin@example.com')).out) as {
    ok: boolean
    membership: object
  }
  expect(joined).toMatchObject({ ok: true, membership: { kind: 'joined', teamName: '品控', login: 'lin@example.com' } })

  const declared = await runJson(['declare', '--data', mine, '--title', '滤芯异味', '--type', 'product-problem', '--level', '1'])
  expect(declared.document.ok).toBe(true)

  // The invite is used up; a second hub on the same file is refused.
  expect(JSON.parse((await joinTeam(join(folder, 'other'), hub.announced.invite ?? '', 'other')).out)).toMatchObject({
    ok: false,
    failure: { code: 'invite-used' },
  })
  expect((await runJson(['hub', '--data', hubData, '--port', '0'])).document).toMatchObject({
    ok: false,
    failure: { code: 'already-served' },
  })

  const { code, logs } = await hub.stop()
  expect(code).toBe(0)
  for (const line of logs.trim().split('\n'))
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), time: expect.any(String), msg: expect.any(String) })
  for (const personal of ['林舟', 'lin@example.com', '滤芯异味', '品控', 'lang-genug']) expect(logs).not.toContain(personal)

  const again = await startHub(hubData)
  expect(again.announced).toMatchObject({ invite: null, fingerprint: hub.announced.fingerprint })
  expect((await again.stop('SIGINT')).code).toBe(0)
})

test('an invite printed at an earlier start ends with the next one', async () => {
  const folder = makeTempFolder()
  const first = await startHub(join(folder, 'hub'))
  await first.stop()
  const second = await startHub(join(folder, 'hub'))
  const port = new RegExp(`:${first.announced.port}(?!\\d)`, 'g')
  const [mark = '', body = ''] = (first.announced.invite ?? '').split('.')
  const stale = `${mark}.${Buffer.from(Buffer.from(body, 'base64url').toString().replaceAll(port, `:${second.announced.port}`)).toString('base64url')}`
  expect(JSON.parse((await joinTeam(join(folder, 'a'), stale, 'anna')).out)).toMatchObject({
    ok: false,
    failure: { code: 'invite-withdrawn' },
  })
  expect(JSON.parse((await joinTeam(join(folder, 'a'), second.announced.invite ?? '', 'anna', 'short')).out)).toMatchObject({
    ok: false,
    failure: { code: 'password-unfit' },
  })
  expect(JSON.parse((await joinTeam(join(folder, 'a'), second.announced.invite ?? '', 'anna')).out)).toMatchObject({ ok: true })
  await second.stop()
})

test('what stands in the way of a hub is named, and nothing is left running', async () => {
  const folder = makeTempFolder()
  const data = join(folder, 'hub')
  const file = join(folder, 'file')
  writeFileSync(file, 'not a certificate')
  const config = join(folder, 'config.json')
  writeFileSync(config, JSON.stringify({ port: 0, colour: 'red' }))
  const cases: [string[], string][] = [
    [['--data', join(file, 'inside')], 'hub-data-folder'],
    [['--data', data, '--tls-cert', file], 'hub-config-value'],
    [['--data', data, '--tls-cert', file, '--tls-key', file], 'hub-certificate'],
    [['--data', data, '--database', 'mysql://x/y'], 'hub-config-value'],
    [['--data', data, '--database', 'postgres://127.0.0.1:1/x'], 'hub-database'],
    [['--data', data, '--host', '192.0.2.77'], 'hub-host'],
    [['--data', data, '--config', join(folder, 'none.json')], 'hub-config-file'],
    [['--data', data, '--config', config], 'hub-config-value'],
  ]
  for (const [args, code] of cases) {
    const { document } = await runJson(['hub', ...args])
    expect(document, args.join(' ')).toMatchObject({ ok: false, failure: { code, message: expect.not.stringContaining('{{') } })
  }
})

test('flags win over the environment, which wins over the file', async () => {
  const folder = makeTempFolder()
  const config = join(folder, 'config.json')
  writeFileSync(config, JSON.stringify({ host: '192.0.2.77', port: 1, 'no-tls': true, address: ['https://war.example.com'] }))
  const child = startCommand(['hub', '--data', join(folder, 'hub'), '--config', config, '--port', '0', '--json'], {
    env: { STORMROOM_HUB_HOST: '127.0.0.1' },
  })
  running.push(() => child.kill('SIGKILL'))
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  expect(JSON.parse(line)).toMatchObject({ ok: true, addresses: ['https://war.example.com'], fingerprint: null })
  child.kill('SIGTERM')
  await once(child, 'close')
})

test('a hub is backed up while it serves, restored when it does not, and an owner who lost the password comes in again', async () => {
  const folder = makeTempFolder()
  const data = join(folder, 'hub')
  const hub = await startHub(data)
  expect(JSON.parse((await joinTeam(join(folder, 'lin'), hub.announced.invite ?? '', 'lin')).out)).toMatchObject({ ok: true })
  const file = join(folder, 'kept.db')
  expect((await runJson(['hub', 'backup', file, '--data', data])).document).toMatchObject({ ok: true, evidence: 0 })
  expect((await runJson(['hub', 'backup', file, '--data', data])).document).toMatchObject({ ok: false, failure: { code: 'file-exists' } })
  expect((await runJson(['hub', 'restore', file, '--data', data])).document).toMatchObject({
    ok: false,
    failure: { code: 'already-served' },
  })
  expect((await runJson(['hub', 'recover-owner', '--data', data])).document).toMatchObject({
    ok: false,
    failure: { code: 'already-served' },
  })
  expect((await runJson(['hub', 'restored', '--data', data])).document).toMatchObject({ ok: false, failure: { code: 'already-served' } })
  expect((await runJson(['hub', 'verify', '--data', data])).document).toMatchObject({
    ok: true,
    report: { ok: true, databases: [{ file: 'hub.db', ok: true }] },
  })
  await hub.stop()

  writeFileSync(join(folder, 'rubbish.db'), 'rubbish')
  expect((await runJson(['hub', 'restore', join(folder, 'rubbish.db'), '--data', data])).document).toMatchObject({
    ok: false,
    failure: { code: 'backup-damaged' },
  })
  const restored = (await runJson(['hub', 'restore', file, '--data', data])).document
  expect(restored).toMatchObject({ ok: true })
  expect(existsSync(join(String(restored['setAside']), 'hub.db'))).toBe(true)

  expect((await runJson(['hub', 'restored', '--data', data])).document).toMatchObject({ ok: true, epoch: expect.any(String) })
  const tampered = new Database(join(data, 'hub.db'))
  tampered.prepare("UPDATE entity SET body = replace(body, '林舟', '林丹') WHERE kind = 'member'").run()
  const damaged = await runJson(['hub', 'verify', '--data', data])
  expect(damaged.code).toBe(5)
  expect(damaged.document).toMatchObject({
    ok: false,
    failure: { code: 'damaged' },
    report: { scopes: expect.arrayContaining([expect.objectContaining({ scope: 'team', fault: { seq: 1, kind: 'state' } })]) },
  })
  tampered.prepare("UPDATE entity SET body = replace(body, '林丹', '林舟') WHERE kind = 'member'").run()
  tampered.close()

  expect((await runJson(['hub', 'recover-owner', '没有这个人', '--data', data])).document).toMatchObject({
    ok: false,
    failure: { code: 'not-found' },
  })
  const port = String(hub.announced.port)
  const recovered = (await runJson(['hub', 'recover-owner', '--data', data, '--port', port])).document
  expect(recovered).toMatchObject({ ok: true, name: '林舟' })
  // The restored hub has its team and therefore prints no founding invite.
  const again = await startHub(data, '--port', port)
  expect(again.announced.invite).toBeNull()
  expect(JSON.parse((await joinTeam(join(folder, 'new-laptop'), String(recovered['code']), 'lin', 'noch-ein-langes')).out)).toMatchObject({
    ok: true,
    membership: { kind: 'joined' },
  })
  expect((await again.stop()).code).toBe(0)
})

test('the key file is named by option or environment, a backup tells of it, and without it the hub says what to do and is not restored', async () => {
  const folder = makeTempFolder()
  const data = join(folder, 'hub')
  const key = join(folder, 'keys/hub.key')
  const hub = await startHub(data, '--key-file', key)
  const file = join(folder, 'kept.db')
  const backedUp = await run(['hub', 'backup', file, '--data', data, '--key-file', key])
  expect(backedUp).toMatchObject({ code: 0, out: expect.stringContaining(key) as string })
  expect((await hub.stop()).code).toBe(0)
  expect(existsSync(join(data, 'hub.key'))).toBe(false)
  const stored = new Database(file, { readonly: true })
  expect(stored.prepare("SELECT value FROM meta WHERE key = 'privateKey'").pluck().get()).toMatch(/^sealed:1:/)
  stored.close()
  const before = readFileSync(join(data, 'hub.db'))

  // Without --key-file, the key is read from the data folder.
  const unnamed = await runJson(['hub', '--data', data, '--port', '0'])
  expect(unnamed).toMatchObject({
    code: 3,
    document: { ok: false, failure: { code: 'hub-key-missing', message: expect.stringContaining('--key-file') as string } },
  })
  const env = { STORMROOM_HUB_KEY_FILE: join(folder, 'other.key') }
  writeFileSync(env.STORMROOM_HUB_KEY_FILE, `stormroom-key:1:${Buffer.alloc(32, 7).toString('base64url')}\n`)
  for (const args of [
    ['hub', '--port', '0'],
    ['hub', 'restore', file],
    ['hub', 'verify'],
    ['hub', 'restored'],
    ['hub', 'recover-owner'],
  ]) {
    const refused = await runJson([...args, '--data', data], { env: { ...env, LANG: 'en_US.UTF-8' } })
    expect(refused, args.join(' ')).toMatchObject({
      code: 4,
      document: {
        ok: false,
        failure: { code: 'hub-key-other', message: expect.stringContaining('Copy the key file from the first node') as string },
      },
    })
  }
  expect(readFileSync(join(data, 'hub.db')).equals(before)).toBe(true)
  expect((await runJson(['hub', 'restore', file, '--data', data], { env: { STORMROOM_HUB_KEY_FILE: key } })).document).toMatchObject({
    ok: true,
  })

  rmSync(env.STORMROOM_HUB_KEY_FILE)
  const again = await startHub(data, '--key-file', key)
  expect((await again.stop()).code).toBe(0)
})
