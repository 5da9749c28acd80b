import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { z } from 'zod'
import { findDamagedRow, verifyChains } from '#workspace/verify-log.ts'
import { postToHub } from '#workspace/team/post-to-hub.ts'
import { checkIntegrity } from '#storage/integrity.ts'
import { openReadOnly } from '#storage/open-database.ts'
import { recordOfRow } from '#replica/store/rebuild.ts'
import { openCuttingProxy } from '#tests/support/cutting-proxy.ts'
import { startHubCommand, type HubCommand, type Tampering } from './hub-command.ts'
import { answered, newTold, PASSWORD, readEvidence, type Reach, type Told } from './team-session.ts'

/** Time limit of a session, milliseconds. A session takes seconds, on a busy machine many of them. */
const HANGS_MS = 300_000

export type Session = (reach: Reach, told: Told) => Promise<void>
export type Run = { told: Told; killed: boolean; errors: string[] }

const LOOK_MS = 1500

/** Stops a hub that has reported for a while that it is not sound, as its operator would. */
async function tend(hub: HubCommand): Promise<void> {
  for (let unsound = 0; !hub.dead && unsound < 2;) {
    await wait(LOOK_MS, undefined, { ref: false })
    const status = await fetch(`http://127.0.0.1:${hub.port}/healthz`).then(
      (answer) => answer.status,
      () => null,
    )
    unsound = status === 503 ? unsound + 1 : 0
  }
  await hub.stop()
}

/**
 * Runs a session to its end, with a hub that is restarted whenever it dies or is not sound. Then everybody signs in again and the
 * hub stops.
 */
export async function runSession(folder: string, session: Session, tampering: Tampering | null): Promise<Run> {
  const data = join(folder, 'hub')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const run: Run = { told: newTold(), killed: false, errors: [] }
  let current: HubCommand | null = null
  let [over, ended] = [false, false]
  /** Restarts the hub until one has stopped in order. */
  const serve = async () => {
    for (let first = true; ; first = false) {
      current = await startHubCommand(data, first ? tampering : null)
      if (current === null && !first) throw new Error('the hub does not start again')
      if (current && first && tampering) void tend(current)
      const code = await current?.gone
      // Errors of the first hub, which is killed, are expected; errors of later ones count.
      if (current && !first) run.errors.push(...current.errors())
      current = null
      if (over && code === 0) return
      run.killed = true
    }
  }
  const stop = async () => {
    over = true
    while (!ended) {
      await current?.stop()
      await wait(10)
    }
  }
  const proxy = await openCuttingProxy(() => current?.port ?? 1)
  const reach = { url: `http://127.0.0.1:${proxy.port}`, founderInvite: () => current?.invite ?? null, folder }
  const serving = serve()
  const hangs = wait(HANGS_MS, undefined, { ref: false }).then(() => {
    throw new Error('the session does not come to its end')
  })
  hangs.catch(() => undefined)
  try {
    await Promise.race([hangs, serving, session(reach, run.told).then(() => signInAgain(reach, run.told))])
    await Promise.race([hangs, serving, stop()])
    return run
  } finally {
    ended = true
    await (current as HubCommand | null)?.kill()
    await proxy.close()
  }
}

/** Every account signs in, and the invite that created it no longer works. */
async function signInAgain({ url }: Reach, { accounts }: Told): Promise<void> {
  const address = { url, pinned: null }
  for (const { login, invite, memberId } of accounts) {
    const again = await answered(() =>
      postToHub(address, '/auth/sign-in', { login, password: PASSWORD, device: '之后' }, z.object({ memberId: z.string() })),
    )
    expect(again).toEqual({ ok: true, value: { memberId } })
    const peeked = await answered(() => postToHub(address, '/auth/peek', { secret: invite }, z.unknown()))
    if (invite !== '') expect(peeked).toMatchObject({ ok: false, failure: { code: 'invite-used' } })
  }
}

const opIdOf = (bytes: string) => (JSON.parse(bytes) as { opId: string }).opId

/** After any crash: the log is intact, what was acknowledged is there exactly once, and every device agrees with the hub. */
export async function expectSound(data: string, { told, errors }: Run): Promise<void> {
  expect(errors.join('\n')).toBe('')
  const file = join(data, 'hub.db')
  expect(checkIntegrity(file, true)).toMatchObject({ ok: true })
  const opened = openReadOnly(file)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { db } = opened
  try {
    expect(await findDamagedRow(db, ['body'])).toBeNull()
    expect((await verifyChains(db, 'scope_head')).filter(({ fault }) => fault !== null)).toEqual([])
    const records = db
      .prepare<[], Parameters<typeof recordOfRow>[0]>('SELECT scope, seq, hub_time, actor, outcome, bytes, hash FROM record')
      .all()
      .map(recordOfRow)
    const byOp = Map.groupBy(records, ({ bytes }) => opIdOf(bytes))
    for (const [opId, same] of byOp) expect([opId, same.length]).toEqual([opId, 1])
    expect(records.filter(({ outcome }) => outcome.kind === 'rejected')).toEqual([])
    for (const { device } of told.devices)
      for (const [opId, text] of device.confirmed) expect([opId, byOp.get(opId)?.[0]?.bytes]).toEqual([opId, text])
    // One member for each account and no other: nobody joined twice.
    expect(
      db
        .prepare<[], { id: string }>("SELECT id FROM entity WHERE kind = 'member' ORDER BY id")
        .all()
        .map(({ id }) => id),
    ).toEqual(told.accounts.map(({ memberId }) => memberId).toSorted())
    for (const id of told.invites) expect(db.prepare('SELECT id FROM invite WHERE id = ?').get(id)).toEqual({ id })
    for (const { hash, size } of told.evidence) {
      const content = readEvidence(data, hash)
      expect([createHash('sha256').update(content).digest('hex'), content.byteLength]).toEqual([hash, size])
    }
    const posted = records.filter(({ bytes }) => bytes.includes('舆情监测：转发量上升'))
    expect(posted.length).toBeGreaterThanOrEqual(told.posted.length)
    expect(posted.length).toBeLessThanOrEqual(1)
    const ofHub = db
      .prepare<[], { line: string }>("SELECT kind || ' ' || id || ' ' || scope || ' ' || body AS line FROM entity ORDER BY kind, id")
      .all()
    for (const { device } of told.devices) {
      expect(device.faults).toEqual([])
      expect(device.db.prepare('SELECT op_id FROM attention').all()).toEqual([])
      expect(
        device.db
          .prepare(
            "SELECT kind || ' ' || id || ' ' || scope || ' ' || canonical AS line FROM entity WHERE canonical IS NOT NULL ORDER BY kind, id",
          )
          .all(),
      ).toEqual(ofHub)
    }
  } finally {
    db.close()
  }
}

export async function closeDevices({ devices }: Told): Promise<void> {
  for (const { device } of devices) await device.close()
}
