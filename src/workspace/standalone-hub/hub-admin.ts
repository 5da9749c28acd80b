import { MEMBER } from '#domain/members/member-entity.ts'
import { randomUUID } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  closeSync,
  fsyncSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { checkpointWal } from '#storage/fold-log-in.ts'
import { closeFile, makePrivateFile, makePrivateFolder } from '#storage/private-files.ts'
import { checkIntegrity } from '#storage/integrity.ts'
import { openReadOnly } from '#storage/open-database.ts'
import { HLC_START, tickHlc } from '#domain/log/hybrid-clock.ts'
import { isUuid, TEAM_SCOPE } from '#domain/log/ids.ts'
import { completePosition, type MemberState } from '#domain/members/member.ts'
import { claimServing } from '#hub/database/claim-serving.ts'
import { writeInviteCode } from '#hub/accounts/invite-code.ts'
import { hubKeyFile, type HubConfig } from '#hub/hub-config.ts'
import { HUB_DATABASE, runHub, unlockHub, type HubTrouble } from '#hub/run-hub.ts'
import { openHub, type Hub } from '#hub/open-hub.ts'
import { openPostgresHub } from '#hub/open-postgres-hub.ts'
import { verifyHub } from '#hub/verify/verify-hub.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { VerifyReport } from '#contract/workspace-api.ts'
import { addressesAt } from './addresses-at.ts'

export { hubKeyFile }

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * Copies a hub's database while it serves, consistent as of one moment, and lists the evidence files beside it.
 * @returns number of evidence files listed in `<file>.evidence.json`; they never change and can be copied as they are
 */
export async function backUpHub(data: string, file: string): Promise<Result<{ evidence: number }>> {
  const opened = openReadOnly(join(data, HUB_DATABASE))
  if (!opened.ok) return opened.trouble.kind === 'missing' ? fail('file-not-found') : fail('not-saved', { detail: opened.trouble.detail })
  const fresh = `${file}.new`
  try {
    makePrivateFile(fresh)
    await opened.db.backup(fresh)
    const report = checkIntegrity(fresh, false)
    if (!report.ok) return fail('backup-damaged', { detail: report.detail ?? '' })
    const folder = join(data, 'evidence')
    const evidence = existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))
      : []
    writeFileSync(`${file}.evidence.json`, JSON.stringify(evidence.toSorted()), { flush: true, mode: 0o600 })
    renameSync(fresh, file)
    return done({ evidence: evidence.length })
  } catch (error) {
    return fail('not-saved', { detail: messageOf(error) })
  } finally {
    opened.db.close()
    removeDatabase(fresh)
  }
}

function removeDatabase(file: string): void {
  for (const suffix of ['-wal', '-shm', '']) rmSync(file + suffix, { force: true })
}

/**
 * Gives a database a second name. The first stays valid until another file is renamed onto it, so that a crash in between leaves
 * a usable hub.
 */
function putAside(file: string, aside: string): void {
  checkpointWal(file)
  // A log that cannot be checkpointed belongs to a damaged database, and must not lie beside another.
  for (const suffix of ['-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  try {
    linkSync(file, aside)
  } catch {
    // Not every file system supports hard links.
    copyFileSync(file, aside)
  }
}

/**
 * Replaces a hub's database by a backup; the old one is set aside. Refused while the hub serves. A new epoch begins: devices
 * push again what the backup lacks.
 */
export async function restoreHub(
  config: HubConfig,
  file: string,
  now: number,
): Promise<Result<{ setAside: string }> | { ok: false; trouble: HubTrouble }> {
  const { data } = config
  makePrivateFolder(data)
  const target = join(data, HUB_DATABASE)
  const claim = claimServing(target)
  if (!claim) return fail('already-served', { file: target })
  const incoming = `${target}.incoming`
  try {
    if (!existsSync(file)) return fail('file-not-found')
    const report = checkIntegrity(file, false)
    if (!report.ok) return fail('backup-damaged', { detail: report.detail ?? '' })
    // Left by a restore that was killed.
    removeDatabase(incoming)
    copyFileSync(file, incoming)
    // A copy inherits the permissions of its original.
    closeFile(incoming)
    const handle = openSync(incoming, 'r+')
    fsyncSync(handle)
    closeSync(handle)
    // Before anything is moved, the file must prove to be a hub's, of a known version.
    const tried = openHub(incoming, false, () => now)
    if (!tried.ok) return fail('backup-damaged', { detail: tried.trouble.detail })
    try {
      // The backup may be of another hub, or of a machine whose key file is missing here.
      const trouble = await unlockHub(tried.hub, config)
      if (trouble) return { ok: false, trouble }
      await tried.hub.beginEpoch()
    } finally {
      await tried.hub.close()
    }
    const setAside = join(data, 'set-aside', new Date(now).toISOString().replaceAll(':', '').replace('.', '-'))
    mkdirSync(setAside, { recursive: true, mode: 0o700 })
    if (existsSync(target)) putAside(target, join(setAside, HUB_DATABASE))
    renameSync(incoming, target)
    return done({ setAside })
  } finally {
    removeDatabase(incoming)
    claim.release()
  }
}

type Opened = { ok: true; hub: Hub; release(): void } | { ok: false; trouble: HubTrouble }

async function unlocked(hub: Hub, config: HubConfig, release: () => void): Promise<Opened> {
  const trouble = await unlockHub(hub, config)
  if (!trouble) return { ok: true, hub, release }
  await hub.close()
  release()
  return { ok: false, trouble }
}

/** Opens a hub's database beside a hub that may be serving from it. @param alone refuse if a hub serves from the same file */
async function openBeside(config: HubConfig, now: () => number, alone: boolean): Promise<Opened> {
  if (config.database !== undefined) {
    const opened = await openPostgresHub({ url: config.database, onConnectionLost: () => undefined }, now, true)
    return opened.ok ? unlocked(opened.hub, config, () => undefined) : { ok: false, trouble: { kind: 'database', trouble: opened.trouble } }
  }
  const file = join(config.data, HUB_DATABASE)
  const claim = alone ? claimServing(file) : null
  if (alone && !claim) return { ok: false, trouble: { kind: 'already-served', file } }
  const opened = openHub(file, false, now)
  if (!opened.ok) {
    claim?.release()
    return { ok: false, trouble: { kind: 'database', trouble: opened.trouble } }
  }
  return unlocked(opened.hub, config, () => claim?.release())
}

/**
 * Records that the hub's database was reset to an older state by other means, such as pg_restore or a copy of its file: a new
 * epoch begins, and devices push again what it lacks. A hub that serves from PostgreSQL notices by itself.
 */
export async function noteRestored(
  config: HubConfig,
  now: () => number,
): Promise<{ ok: true; epoch: string } | { ok: false; trouble: HubTrouble }> {
  const opened = await openBeside(config, now, true)
  if (!opened.ok) return opened
  try {
    await opened.hub.beginEpoch()
    return { ok: true, epoch: await opened.hub.epoch() }
  } finally {
    await opened.hub.close()
    opened.release()
  }
}

/** Checks a hub's database against its own log, also while a hub serves from it. */
export async function verifyHubDatabase(
  config: HubConfig,
  now: () => number,
): Promise<{ ok: true; report: VerifyReport } | { ok: false; trouble: HubTrouble }> {
  const opened = await openBeside(config, now, false)
  if (!opened.ok) return opened
  try {
    return { ok: true, report: await verifyHub(opened.hub) }
  } finally {
    await opened.hub.close()
    opened.release()
  }
}

/**
 * With access to the hub's machine, lets an owner set a new password, or makes a named member an owner. Refused while the hub
 * serves. Recorded in the access log.
 * @param named a member's id or name; null for the only owner
 */
export async function recoverOwner(
  config: HubConfig,
  named: string | null,
  edge: { version: string; now(): number },
): Promise<Result<{ code: string; name: string; expiresAt: number }> | { ok: false; trouble: HubTrouble }> {
  const ran = await runHub({ ...config, host: '127.0.0.1', port: 0 }, { ...edge, log: () => {}, addressesAt })
  if (!ran.ok && ran.trouble.kind === 'hub-key') return ran
  if (!ran.ok) return ran.trouble.kind === 'already-served' ? fail('already-served', { file: ran.trouble.file }) : fail('database-trouble')
  const { team, fingerprint } = ran.running

  /** Restores an owner's access: undoes a revoked membership, vendor status, and lost ownership. */
  async function mendOwner({ id, state }: { id: string; state: MemberState }): Promise<Result<null>> {
    if (state.vendor && !state.owner) return fail('not-an-heir')
    const acts: [string, object][] = [
      ...(state.status === 'revoked' ? [['member.restore', {}] as [string, object]] : []),
      ...(state.vendor ? [['member.change', { vendor: null }] as [string, object]] : []),
      ...(state.owner ? [] : [['member.pass-ownership', {}] as [string, object]]),
    ]
    const replicaId = randomUUID()
    const ops = acts.map(([type, body], index) =>
      JSON.stringify({
        opId: randomUUID(),
        scope: TEAM_SCOPE,
        replicaId,
        counter: index + 1,
        entity: { kind: MEMBER.kind, id },
        type,
        version: 1,
        body,
        hlc: tickHlc(HLC_START, edge.now()),
        baseSeq: 0,
      }),
    )
    for (const { outcome } of ops.length > 0 ? await team.recover(ops, id) : [])
      if (outcome.kind === 'rejected') return { ok: false, failure: { code: outcome.code, params: outcome.params } }
    return done(null)
  }

  try {
    const rows = await team.hub.database.kysely.selectFrom('entity').select('id').where('kind', '=', 'member').execute()
    // Members whose row cannot be read are skipped; the others can still be recovered.
    const read = await Promise.all(
      rows.filter(({ id }) => isUuid(id)).map(async ({ id }) => ({ id, state: await team.readMember(id).catch(() => null) })),
    )
    const members = read.flatMap(({ id, state }) => (state ? [{ id, state: state satisfies MemberState }] : []))
    const active = members.filter(({ state }) => state.status === 'active')
    const owners = active.filter(({ state }) => state.owner)
    const namesIt = ({ id, state }: { id: string; state: MemberState }) => id === named || state.name === named
    // A name that fits no active member may mean a revoked one, who is then restored.
    const chosen = named === null ? owners : active.some(namesIt) ? active.filter(namesIt) : members.filter(namesIt)
    const [one] = chosen
    if (!one || chosen.length > 1) return fail('not-found')
    const mended = await mendOwner(one)
    if (!mended.ok) return mended
    const { row, secret } = await team.accounts.invites.makeReset(
      one.id,
      completePosition({ ...one.state, vendor: null }),
      team.about().hubId,
    )
    await team.access.note(null, 'owner-recovered', one.id, 'hub')
    const protocol = config['no-tls'] ? 'http' : 'https'
    const addresses =
      config.address ??
      addressesAt(config.host ?? (config['no-tls'] ? '127.0.0.1' : '0.0.0.0')).map((address) => `${protocol}://${address}:${config.port}`)
    return done({
      code: writeInviteCode({ a: addresses, n: team.about().name, s: secret, ...(fingerprint === null ? {} : { f: fingerprint }) }),
      name: one.state.name,
      expiresAt: row.expires_at,
    })
  } finally {
    await ran.running.close()
  }
}
