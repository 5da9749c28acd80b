import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { incidentScope } from '#domain/log/ids.ts'
import { postToHub } from '#workspace/team/post-to-hub.ts'
import { openReadOnly } from '#storage/open-database.ts'
import { verifyChains } from '#workspace/verify-log.ts'
import { declaration, sha256 } from '#tests/support/log-texts.ts'
import { mount, whyNoMount } from '#tests/support/small-disk.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { readInviteCode } from '#hub/accounts/invite-code.ts'
import { startHubCommand } from './hub-command.ts'
import { openSocketDevice } from './socket-device.ts'
import { PASSWORD } from './team-session.ts'

const skipReason = whyNoMount()

test.skipIf(skipReason !== null)(
  `S8, P4, P5: on a disk that is really full a hub acknowledges nothing, says why at every door, and goes on by itself when there is room${skipReason ? ` (skipped: ${skipReason})` : ''}`,
  async () => {
    const root = makeTempFolder('hub-full')
    const disk = join(root, 'disk')
    mkdirSync(disk)
    mount('-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk)
    onTestFinished(() => void execFileSync('umount', ['-l', disk]))
    const data = join(disk, 'hub')
    const hub = await startHubCommand(data, null)
    if (!hub) throw new Error('no hub')
    onTestFinished(async () => void (await hub.kill()))
    const url = `http://127.0.0.1:${hub.port}`
    const door = (path: string, body: object) =>
      postToHub({ url, pinned: null }, path, body, z.object({ memberId: z.string(), token: z.string() }))
    const joined = await door('/auth/join', {
      secret: readInviteCode(hub.invite ?? '')?.s,
      name: '安',
      login: 'ann',
      password: PASSWORD,
      device: '一台',
    })
    if (!joined.ok) throw new Error(joined.failure.code)
    const device = openSocketDevice(join(root, 'device'), url, joined.value.memberId, joined.value.token)
    onTestFinished(() => device.close())
    await device.inStep()
    const incident = crypto.randomUUID()
    const scope = incidentScope(incident)
    device.commit({
      scope,
      kind: 'incident',
      id: incident,
      type: 'incident.declare',
      body: { ...declaration({ declaredAt: Date.now(), level: 2 }) },
    })
    await device.inStep()
    const made = await device.link.ask('team.createToken', { name: '监测', kind: 'personal', scopes: ['timeline:write'], days: 1 })
    if (!made.ok) throw new Error(made.failure.code)
    const post = () =>
      fetch(`${url}/api/v1/incidents/${incident}/entries`, {
        method: 'POST',
        headers: { authorization: `Bearer ${made.value.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'observation', text: `监测 ${'字'.repeat(4000)}` }),
      })
    const content = new Uint8Array(100_000)
    const hash = sha256(Buffer.from(content).toString('latin1'))
    const entry = (text: string, type = 'entry.record', id: string = crypto.randomUUID()) => ({
      scope,
      kind: 'entry',
      id,
      type,
      body: { kind: 'observation', text, happenedAt: Date.now() },
    })
    const carrier = entry('附件')
    device.commit(carrier, {
      ...carrier,
      type: 'entry.attach',
      body: { evidence: { hash, name: '录音.bin', size: content.byteLength, mime: 'application/octet-stream' } },
      after: [0],
    })
    await device.inStep()

    const filler = join(disk, 'filler')
    try {
      for (let at = 0; at < 1 << 24; at += 4096) writeFileSync(filler, Buffer.alloc(4096, 1), { flag: 'a' })
    } catch {
      // The disk is full, as intended.
    }
    // The write-ahead log beside the database still has some space.
    const texts: string[] = []
    await expect
      .poll(async () => {
        texts.push(`满了以后 ${texts.length} ${'字'.repeat(4000)}`)
        device.commit(entry(texts.at(-1) ?? ''))
        return (await post()).status
      })
      .toBe(503)
    const refused = await post()
    expect([refused.status, await refused.json()]).toEqual([503, expect.objectContaining({ code: 'not-saved' })])
    expect(await door('/auth/sign-in', { login: 'ann', password: PASSWORD, device: '又一台' })).toMatchObject({
      ok: false,
      failure: { code: 'not-saved' },
    })
    await expect(device.link.writeEvidence(hash, content.byteLength, 0, content)).rejects.toThrow('not-saved')
    await expect.poll(() => fetch(`${url}/healthz`).then(({ status }) => status)).toBe(503)
    // Reading still works.
    expect((await device.link.pull(scope, 0, 10)).records.length).toBeGreaterThan(1)
    const waiting = device.store.pendingCount().count
    expect(waiting).toBeGreaterThan(0)

    rmSync(filler)
    await device.inStep()
    expect((await post()).status).toBe(201)
    expect(await door('/auth/sign-in', { login: 'ann', password: PASSWORD, device: '又一台' })).toMatchObject({ ok: true })
    expect(await device.link.writeEvidence(hash, content.byteLength, 0, content)).toEqual({ whole: true, received: content.byteLength })
    await expect.poll(() => fetch(`${url}/healthz`).then(({ status }) => status)).toBe(200)
    expect(await hub.stop()).toBe(0)
    const opened = openReadOnly(join(data, 'hub.db'))
    if (!opened.ok) throw new Error(opened.trouble.detail)
    expect((await verifyChains(opened.db, 'scope_head')).filter(({ fault }) => fault)).toEqual([])
    const bytes = opened.db
      .prepare<[], { bytes: string }>('SELECT bytes FROM record')
      .all()
      .map((row) => row.bytes)
    for (const text of device.confirmed.values()) expect(bytes.filter((one) => one === text)).toHaveLength(1)
    opened.db.close()
    expect(device.faults).toEqual([])
  },
)
