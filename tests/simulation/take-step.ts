import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeHlc } from '#domain/log/hybrid-clock.ts'
import { incidentScope, privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { parseOp } from '#domain/log/op.ts'
import { chainText, type LogRecord } from '#domain/log/record.ts'
import { step as foldStep } from '#domain/step.ts'
import { createLogTransaction } from '#hub/log/log-transaction.ts'
import { noteMade } from './acts.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { idOf, sha256 } from '#tests/support/log-texts.ts'
import type { DeviceProcess } from './device-process.ts'
import type { Step } from './plan.ts'
import type { Simulation } from './simulation.ts'
import { actDrafts } from './team-acts.ts'

const DAY = 86_400_000

/** Lets event loop turns and microtasks pass before something is killed. */
async function letPass(turns: number, ticks: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
  for (let tick = 0; tick < ticks; tick++) await Promise.resolve()
}

/** Executes one step of a plan and waits until everything is at rest. */
export async function takeStep(simulation: Simulation, step: Step): Promise<void> {
  const { devices, hubs, network, hubClock, memberIds } = simulation
  const device = 'device' in step ? devices[step.device % devices.length] : undefined
  const hub = 'hub' in step ? hubs[step.hub % hubs.length] : undefined
  switch (step.do) {
    case 'act':
      if (device) act(simulation, device, step)
      break
    case 'deliver':
      await network.take(step.place)?.meet(step.fate)
      break
    case 'burst':
      await Promise.all(network.takeQuestions().map((message) => message.meet(step.fate)))
      break
    case 'kill-device':
      if (device) await simulation.restartDevice(device)
      break
    case 'kill-device-at': {
      const message = network.take(step.place)
      const under = devices.find(({ name }) => name === message?.from)
      if (!message || !under) break
      const met = message.meet('arrives')
      await letPass(step.turns, step.ticks)
      under.kill()
      network.forget(under.name)
      await under.ended()
      await met
      await simulation.rest()
      under.start()
      break
    }
    case 'kill-hub-at': {
      const message = network.take(step.place)
      const under = message?.meet('arrives')
      await letPass(step.turns, step.ticks)
      hub?.kill()
      await under
      await hub?.ended()
      break
    }
    case 'start-hub':
      if (hub) await simulation.restartHub(hub)
      break
    case 'cut':
      if (device) network.cut(device.name, step.how)
      break
    case 'heal':
      if (device) network.cut(device.name, null)
      break
    case 'look-again':
      void device?.sync.pollHub()
      break
    case 'look-for-others':
      if (hub?.up) hub.team.pollExternalWrites()
      break
    case 'device-clock':
      device?.clock.advance(step.jump)
      break
    case 'hub-clock':
      hubClock.advance(step.jump)
      break
    case 'force':
      if (device) force(simulation, device, step.what)
      break
    case 'newer':
      await writeNewer(simulation, step.what, step.critical)
      break
    case 'fill-device':
      if (device) limitPages(device.db, step.pages)
      break
    case 'fill-hub':
      if (hub?.up) limitPages(hub.db, step.pages)
      break
    case 'make-room':
      for (const one of [devices[step.what % devices.length], hubs[step.what % hubs.length]])
        if (one && !('up' in one && !one.up)) one.db.pragma(`max_page_count = ${2 ** 31 - 1}`)
      break
    case 'back-up':
      simulation.backUp()
      break
    case 'restore':
      await simulation.restore(step.which)
      break
    case 'clone':
      if (device && devices.length < 7) simulation.cloneDevice(device)
      break
    case 'bring-file':
      if (device) await bringFile(simulation, device, step)
      break
    case 'keep-all':
      if (device) keepAll(simulation, device, step.incident)
      break
    case 'lose-file': {
      const { hash } = simulation.file(step.file)
      if (device) rmSync(join(device.folder, 'evidence', hash.slice(0, 2), hash), { force: true })
      break
    }
    case 'newcomer':
      if (devices.length < 7) simulation.addDevice(step.member % memberIds.length)
      break
  }
  await simulation.settle()
}

function act(simulation: Simulation, device: DeviceProcess, step: Extract<Step, { do: 'act' }>): void {
  const { world, uuid, nextMark } = simulation
  const notice = (n: number) => {
    const ids = device.db.prepare<[], string>("SELECT id FROM entity WHERE kind = 'notice' ORDER BY id").pluck().all()
    return ids[n % Math.max(1, ids.length)]
  }
  const hand = {
    now: Math.max(device.clock.now(), TWO_AT_NIGHT - 400 * DAY),
    uuid,
    seen: device.store.read,
    memberId: device.memberId,
    notice,
  }
  const drafts = actDrafts(world, step.act, hand, nextMark)
  if (drafts.length > 0 && device.commit(drafts)) noteMade(world, drafts)
  if (step.wake) void device.sync.wake()
}

/** Attaches a file to an entry. The device keeps the file, or has lost it since and never sends it. */
async function bringFile(simulation: Simulation, device: DeviceProcess, step: Extract<Step, { do: 'bring-file' }>): Promise<void> {
  const { world } = simulation
  const entry = world.entries[step.entry % Math.max(1, world.entries.length)]
  if (!entry) return
  const { path, name, hash, size, mark } = simulation.file(step.file)
  simulation.broughtBy(device.memberId).add(mark).add(hash)
  if (step.keeps) {
    try {
      await device.files.keep({ path, name, mime: 'application/octet-stream', size }, false)
    } catch {
      // Disk full: there is nothing to attach.
      return
    }
  }
  device.commit([
    {
      scope: incidentScope(entry.incident),
      kind: 'entry',
      id: entry.id,
      type: 'entry.attach',
      body: { evidence: { hash, name, size, mime: 'application/octet-stream' } },
    },
  ])
  void device.sync.wake()
}

/** Sets all files of an incident to be kept on this device. */
function keepAll({ world }: Simulation, device: DeviceProcess, n: number): void {
  const incident = world.incidents[n % Math.max(1, world.incidents.length)]
  if (incident === undefined || !device.store.cursor(incidentScope(incident))) return
  try {
    device.db.prepare('INSERT OR IGNORE INTO offline_scope (scope) VALUES (?)').run(incidentScope(incident))
  } catch {
    // Disk full.
  }
  void device.evidence.wakeAnew()
}

/** Limits the database to `pages` more pages than it has; beyond that SQLite reports a full disk. */
function limitPages(db: DeviceProcess['db'], pages: number): void {
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + pages}`)
}

/** Puts an op into the outbox that the device itself would have refused, as a faulty, older or hostile client might. */
function force(simulation: Simulation, device: DeviceProcess, what: number): void {
  const { world, hubClock, uuid, nextMark } = simulation
  const { store, db } = device
  const incident = world.incidents[what % Math.max(1, world.incidents.length)] ?? idOf(0x77)
  const scope = incidentScope(incident)
  const entry = (id: string, within: string) => ({
    scope: within,
    kind: 'entry',
    id,
    type: 'entry.record',
    body: { kind: 'observation', text: `塞进来的 ${nextMark()}`, happenedAt: hubClock.now() },
  })
  const parts = [
    { scope, kind: 'entry', id: idOf(0x78), type: 'entry.star', body: { starred: true } },
    entry(idOf(0x79), 'team'),
    { scope, kind: 'incident', id: incident, type: 'incident.revise', body: { title: '' } },
    { scope, kind: 'entry', id: idOf(0x7a), type: 'entry.forget', body: {} },
    entry(uuid(), scope),
    { scope: TEAM_SCOPE, kind: 'member', id: device.memberId, type: 'member.pass-ownership', body: {} },
  ][what]
  if (!parts) return
  const counter = Number(store.meta.read('counter') ?? '0') + 1
  const opId = uuid()
  const { kind, id, ...rest } = parts
  const text = JSON.stringify({
    opId,
    replicaId: store.meta.require('replicaId'),
    counter,
    entity: { kind, id },
    version: 1,
    hlc: makeHlc(Math.max(0, device.clock.now()), 0),
    baseSeq: 0,
    ...rest,
  })
  try {
    db.transaction(() => {
      store.meta.write('counter', String(counter))
      db.prepare(
        'INSERT INTO outbox (place, op_id, scope, kind, entity_id, bytes, made_at) SELECT coalesce(max(place), 0) + 1, ?, ?, ?, ?, ?, 0 FROM outbox',
      ).run(opId, parts.scope, kind, id, text)
    })()
    device.confirmed.set(opId, text)
  } catch {
    // Disk full: nothing was inserted.
  }
}

/** Writes an op to the log as a hub of a newer version would; no version here knows its type. */
async function writeNewer(simulation: Simulation, what: number, critical: boolean): Promise<void> {
  const { world, hubs, uuid, memberIds, hubClock } = simulation
  const hub = hubs.find(({ up }) => up)
  const entry = world.entries[what % Math.max(1, world.entries.length)]
  const [author] = memberIds
  if (!hub || !entry || author === undefined) return
  const scope = incidentScope(entry.incident)
  const bytes = JSON.stringify({
    opId: uuid(),
    scope,
    replicaId: idOf(0x7777),
    counter: 1,
    entity: { kind: 'entry', id: entry.id },
    type: 'entry.weigh',
    version: 1,
    body: { weight: what },
    hlc: makeHlc(TWO_AT_NIGHT, 0),
    baseSeq: 0,
    ...(critical ? { critical: true } : {}),
  })
  const parsed = parseOp(bytes)
  if (!parsed.ok) throw new Error(parsed.detail)
  const { op } = parsed
  try {
    await hub.team.hub.database.kysely.transaction().execute(async (tx) => {
      const set = createLogTransaction(tx, 'sqlite', hub.team.hub.unreadable, () => 0)
      await set.lockScopes([scope, privateScope(author)])
      set.wantEntity('entry', entry.id)
      await set.load()
      const before: Entity | undefined = set.entity('entry', entry.id)
      if (!before || before.scope !== scope) return
      const head = set.headOf(scope)
      const record = {
        scope: op.scope,
        seq: head.seq + 1,
        hubTime: hubClock.now(),
        actor: author,
        outcome: { kind: 'accepted' as const },
        bytes,
      } as Omit<LogRecord, 'hash'>
      const hash = sha256(chainText(head.hash, record))
      set.append({
        scope,
        seq: record.seq,
        op_id: op.opId,
        hub_time: record.hubTime,
        actor: author,
        outcome: JSON.stringify(record.outcome),
        bytes,
        hash,
      })
      const after = foldStep(before, op, appliedFromRecord({ ...record, hash } as LogRecord, op))
      if (after && after !== before) set.change(after)
      await set.write()
    })
  } catch {
    // The hub's disk was full: the newer hub stored nothing either.
  }
}
