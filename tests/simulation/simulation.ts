import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import type { Admission } from '#domain/members/admission.ts'
import { REOFFER_MS } from '#hub/timers/timers.ts'
import type { ReplicaStore } from '#replica/store/replica-store.ts'
import type { World } from './acts.ts'
import { createFakeClock, TWO_AT_NIGHT, type FakeClock } from '#tests/support/fake-clock.ts'
import { idOf } from '#tests/support/log-texts.ts'
import { createRandom, createUuids } from '#tests/support/seeded.ts'
import { createDeviceProcess, type DeviceProcess } from './device-process.ts'
import { createHubProcess, type HubProcess } from './hub-process.ts'
import type { Plan } from './plan.ts'
import { createSourceFiles, type SourceFile } from './source-files.ts'
import { createRights, type Rights } from './reference-access.ts'
import { SimulationFault } from './simulation-fault.ts'
import type { VirtualTimers } from './virtual-timers.ts'
import { createWireNetwork, type WireNetwork } from './wire-network.ts'

/** A team of devices and hubs in one process; everything that could differ from run to run is controlled. */
export type Simulation = {
  plan: Plan
  hubs: HubProcess[]
  hubClock: FakeClock
  network: WireNetwork
  devices: DeviceProcess[]
  world: World
  rights: Rights
  uuid: () => string
  memberIds: readonly string[]
  /** Errors that a hub logged while its disk was in order. */
  hubFaults: string[]
  nextMark(): string
  /** The n-th source file, the same for all members. */
  file(n: number): SourceFile
  evidenceFolder: string
  /** Marks and hashes of files that a member obtained outside the team. */
  broughtBy(memberId: string): Set<string>
  /** A running hub; starts the first one when none runs. */
  hub(): Promise<HubProcess>
  addDevice(member: number): DeviceProcess
  /** Copies a data folder as a backup program would, and starts a device on the copy. */
  cloneDevice(of: DeviceProcess): DeviceProcess
  restartDevice(device: DeviceProcess): Promise<void>
  restartHub(hub: HubProcess): Promise<void>
  backUp(): void
  /** Replaces the hub's file by a backup. @returns false when there is none */
  restore(which: number): Promise<boolean>
  /** Waits until all background work is at rest. */
  settle(): Promise<void>
  /** Yields event loop turns in which killed processes finish. */
  rest(): Promise<void>
  /** Runs the whole system over a fair network until no work is left (P7). @returns rounds needed */
  quiesce(): Promise<number>
  close(): void
}

/** More rounds than any correct run needs. */
const ROUNDS = 60
/** Number of messages in one round at which the run fails, since the network never becomes idle. */
const PATIENCE = 20_000
/** Work that is not at rest after this time hangs, milliseconds. It includes file access, on a machine that may be busy. */
const HANGS_MS = 300_000
const PIECE_BYTES = 900
const FILE_ROUNDS = 3
const TICKS = 14
const TICK_MS = 1000

/** Scopes that a device has frozen at a critical op of a newer version. */
export function frozenScopes(store: ReplicaStore): Set<string> {
  return new Set(store.cursors().flatMap(({ scope, frozen }) => (frozen ? [scope] : [])))
}

export async function createSimulation(folder: string, plan: Plan, timers: VirtualTimers): Promise<Simulation> {
  const uuid = createUuids(plan.seed)
  const random = createRandom(plan.seed + 1)
  const hubClock = createFakeClock()
  const network = createWireNetwork()
  const memberIds = plan.places.map((_, index) => idOf(0xa + index))
  const world: World = { members: [...memberIds], incidents: [], entries: [], imports: [], series: [] }
  const devices: DeviceProcess[] = []
  const hubFaults: string[] = []
  const backups: string[] = []
  const hubFile = join(folder, 'hub.db')
  const evidenceFolder = join(folder, 'hub-evidence')
  let marks = 0
  let restored = false
  const brought = new Map<string, Set<string>>()

  const nextMark = () => `mk${String((marks += 1)).padStart(6, '0')}z`

  const hubs = Array.from({ length: plan.hubs }, (_, index) => {
    const own = join(folder, `hub-${index}`)
    mkdirSync(own)
    return createHubProcess({
      folder: own,
      // Hubs of one database run on one machine.
      evidenceFolder,
      file: hubFile,
      now: hubClock.now,
      uuid,
      snapshots: { from: plan.snapshotFrom, pieceBytes: PIECE_BYTES },
      onFault: (detail) => void (/full|"error":"closed"/.test(detail) ? null : hubFaults.push(detail)),
    })
  })
  const [firstHub] = hubs
  if (!firstHub) throw new Error('no hub')
  const main: HubProcess = firstHub
  for (const hub of hubs) await hub.start()
  const rights = createRights(() => hubs.find(({ up }) => up)?.db ?? null, hubClock.now)

  function admissionOf(member: number): Admission {
    const place = plan.places[member]
    return member === 0 || !place ? null : { kind: 'invited', ...place }
  }

  function makeDevice(member: number, name: string, at: string): DeviceProcess {
    const owner = { memberId: memberIds[member] ?? '', sessionId: null, device: name, address: 'here', admission: admissionOf(member) }
    const index = devices.length
    const hubOf = () => hubs[index % hubs.length] ?? main
    const device = createDeviceProcess({
      name,
      folder: at,
      owner,
      replicaId: idOf(0x9000 + index),
      farBehind: plan.snapshotFrom === 2000 ? 2000 : 4,
      uuid,
      random,
      wire: () => network.wire(name, owner, hubOf),
    })
    devices.push(device)
    return device
  }

  function addDevice(member: number): DeviceProcess {
    const name = `device-${devices.length}`
    const device = makeDevice(member, name, join(folder, name))
    device.start()
    return device
  }

  const rest = async () => {
    for (let turn = 0; turn < 6; turn++) await nextTurn()
  }

  const settle = async () => {
    const beganAt = performance.now()
    for (let turn = 0; performance.now() - beganAt < HANGS_MS; turn++) {
      await nextTurn()
      if (turn >= 4 && devices.every((device) => network.waitingFor(device.name) >= device.activities)) return network.arrange()
    }
    throw new SimulationFault('P7', 'something runs on and on without a question to the hub')
  }

  async function restartDevice(device: DeviceProcess): Promise<void> {
    device.kill()
    network.forget(device.name)
    await device.ended()
    await rest()
    device.start()
  }

  async function startHub(hub: HubProcess): Promise<void> {
    if (hub.up) return
    await hub.start()
    network.reconnect()
  }

  /** Delivers every message until none is under way. */
  async function drain(): Promise<void> {
    await settle()
    for (let steps = 0; ; steps++) {
      const message = network.take(0)
      if (!message) return
      if (steps > PATIENCE) throw new SimulationFault('P7', 'the network never falls silent')
      await message.meet('arrives')
      await settle()
      rights.note()
    }
  }

  /** Lets time pass without any act; hubs do what is due. */
  async function tick(ms = TICK_MS): Promise<void> {
    hubClock.advance(ms)
    for (const device of devices) device.clock.advance(ms)
    timers.advance(ms)
    for (const hub of hubs) await hub.team.fireDue()
  }

  /** Whether the member of a device is out, so that the hub must refuse the device. */
  const isOut = (device: DeviceProcess) => rights.standing(device.memberId) === 'out'

  function isDone(device: DeviceProcess): boolean {
    if (isOut(device)) return device.refused !== null
    const frozen = frozenScopes(device.store)
    if (device.store.pendingOps(10_000).some(({ scope }) => !frozen.has(scope))) return false
    // Another hub may have removed the right, and this hub has not polled yet.
    if (
      rights.standing(device.memberId) === 'in' &&
      device.store.cursors().some(({ scope, seq }) => seq > 0 && !rights.mayRead(device.memberId, scope))
    )
      return false
    return rights.heads(device.memberId).every(({ scope, seq }) => frozen.has(scope) || (device.store.cursor(scope)?.seq ?? 0) === seq)
  }

  const simulation: Simulation = {
    plan,
    hubs,
    hubClock,
    network,
    devices,
    world,
    rights,
    uuid,
    memberIds,
    hubFaults,
    nextMark,
    file: createSourceFiles(join(folder, 'sources'), nextMark),
    evidenceFolder,
    broughtBy(memberId) {
      const known = brought.get(memberId) ?? new Set<string>()
      brought.set(memberId, known)
      return known
    },
    async hub() {
      const up = hubs.find((hub) => hub.up)
      if (up) return up
      await startHub(firstHub)
      return firstHub
    },
    addDevice,
    cloneDevice(of) {
      const member = memberIds.indexOf(of.memberId)
      const name = `device-${devices.length}`
      const at = join(folder, name)
      mkdirSync(at)
      of.db.exec(`VACUUM INTO '${join(at, 'replica.db')}'`)
      const device = makeDevice(member, name, at)
      device.clock.set(of.clock.now())
      device.start()
      for (const { opId, bytes } of device.store.pendingOps(10_000)) if (of.confirmed.has(opId)) device.confirmed.set(opId, bytes)
      return device
    },
    restartDevice,
    restartHub: startHub,
    backUp() {
      const up = hubs.find((hub) => hub.up)
      if (!up) return
      const file = join(folder, `backup-${backups.length}.db`)
      up.db.exec(`VACUUM INTO '${file}'`)
      backups.push(file)
    },
    async restore(which) {
      const backup = backups[which % Math.max(1, backups.length)]
      if (backup === undefined) return false
      for (const hub of hubs) hub.kill()
      for (const hub of hubs) await hub.ended()
      await settle()
      for (const end of ['', '-wal', '-shm']) rmSync(`${hubFile}${end}`, { force: true })
      copyFileSync(backup, hubFile)
      for (const hub of hubs) await hub.start()
      await firstHub.team.beginEpoch()
      restored = true
      for (const hub of hubs) hub.team.pollExternalWrites()
      await settle()
      rights.begin()
      network.reconnect()
      return true
    },
    settle,
    rest,
    async quiesce() {
      for (const { name } of devices) network.cut(name, null)
      for (const device of devices) device.db.pragma(`max_page_count = ${2 ** 31 - 1}`)
      for (const hub of hubs) {
        await startHub(hub)
        hub.db.pragma(`max_page_count = ${2 ** 31 - 1}`)
      }
      // Together longer than the claim of a timer, so a timer that a hub had claimed when it died is done by another hub.
      for (let ticks = 0; ticks < TICKS; ticks++) await tick()
      let waitsForDevices = restored
      for (let round = 1; round <= ROUNDS; round++) {
        for (const hub of hubs) hub.team.pollExternalWrites()
        for (const device of devices) {
          // A refused device whose member may enter again has signed in again.
          if (device.refused !== null && !isOut(device)) await restartDevice(device)
          void device.sync.pollHub()
        }
        await drain()
        // Does what became due through the records that have just arrived.
        await tick()
        if (!devices.every(isDone)) continue
        if (waitsForDevices) {
          // By now the devices have offered again what the hub had lost, so nobody is told of a clock that was met.
          waitsForDevices = false
          await tick(REOFFER_MS)
          continue
        }
        // Files follow the ops that refer to them: devices that have a file send it, devices that want it fetch it.
        for (let turn = 0; plan.faults.includes('evidence') && turn < FILE_ROUNDS; turn++) {
          for (const device of devices) void device.evidence.wakeAnew()
          await drain()
        }
        if (devices.every(isDone)) return round
      }
      const stuck = devices
        .filter((device) => !isDone(device))
        .map((device) => {
          const behind = rights
            .heads(device.memberId)
            .flatMap(({ scope, seq }) =>
              (device.store.cursor(scope)?.seq ?? 0) === seq ? [] : [`${scope} ${device.store.cursor(scope)?.seq ?? 0} of ${seq}`],
            )
          return `${device.name}: ${device.store.pendingCount().count} pending, refused ${device.refused}, behind ${behind.join(', ')}, ${JSON.stringify(device.troubles.slice(-2))} ${device.faults.at(-1) ?? ''}`
        })
      throw new SimulationFault('P7', `not at rest after ${ROUNDS} rounds: ${stuck.join('; ')}`)
    },
    close() {
      for (const device of devices) {
        network.forget(device.name)
        device.kill()
      }
      for (const hub of hubs) hub.kill()
      timers.clear()
    },
  }

  for (const [index, member] of plan.devices.entries()) {
    const device = addDevice(member)
    const place = plan.places[member]
    // A second device of the same member receives the join from the hub.
    if (index < plan.places.length && place)
      device.commit([
        { scope: TEAM_SCOPE, kind: 'member', id: device.memberId, type: 'member.join', body: { name: `成员 ${index}`, ...place } },
      ])
  }
  for (const device of devices) device.clock.set(TWO_AT_NIGHT)
  await simulation.settle()
  return simulation
}
