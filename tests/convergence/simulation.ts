import { join } from 'node:path'
import { privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { makeHlc } from '#domain/log/hybrid-clock.ts'
import type { MemberRole } from '#domain/members/member.ts'
import type { FileHub } from '#hub/open-hub.ts'
import { openDatabase, type Db } from '#storage/open-database.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { createReplicaStore, type Draft, type ReplicaStore } from '#replica/store/replica-store.ts'
import { createSyncClient, type SyncClient } from '#replica/sync/sync-client.ts'
import { createFakeClock, TWO_AT_NIGHT, type FakeClock } from '#tests/support/fake-clock.ts'
import { createNetwork, type Network } from '#tests/support/faulty-link.ts'
import { idOf } from '#tests/support/log-texts.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { createUuids } from '#tests/support/seeded.ts'
import { draftsOf, noteMade, type Act, type World } from './acts.ts'

/** One device: a real database file, the real store and the real sync client. */
export type Node = {
  name: string
  file: string
  memberId: string
  clock: FakeClock
  db: Db
  store: ReplicaStore
  sync: SyncClient
  /** Ops that a commit has confirmed here, with their exact text. */
  confirmed: Map<string, string>
  /** What the sync client reported as wrong. */
  troubles: unknown[]
}

export type Simulation = {
  hub: FileHub
  hubClock: FakeClock
  network: Network
  nodes: Node[]
  world: World
  act(node: Node, act: Act): void
  commit(node: Node, drafts: readonly Draft[]): boolean
  /** Puts an op into the outbox that its device should have refused, as a faulty or older version might. */
  force(node: Node, parts: { scope: string; kind: string; id: string; type: string; body: Record<string, unknown> }): void
  /** The process of the device dies and starts again over its file. */
  kill(node: Node): void
  /** Lets everything that runs by itself come to rest. */
  settle(): Promise<void>
  /** A fair network until nothing is left to do. @returns rounds needed */
  quiesce(): Promise<number>
  addNode(memberId: string): Node
  close(): Promise<void>
}

/** More than any honest run needs; a run that does not come to rest within it is stuck (P7). */
const ROUNDS = 60

export async function createSimulation(folder: string, members: readonly string[], seed: number): Promise<Simulation> {
  const uuid = createUuids(seed)
  const hubClock = createFakeClock()
  const { hub, link } = await openTeamHub(folder, hubClock.now)
  const network = createNetwork()
  const world: World = { members: [...new Set(members)], incidents: [], entries: [], imports: [], series: [] }
  const nodes: Node[] = []
  const roleOf = (memberId: string): MemberRole => (memberId === members[0] ? 'commander' : 'pr')

  function start(node: Pick<Node, 'name' | 'file' | 'memberId' | 'clock' | 'confirmed' | 'troubles'>, replicaId: string): Node {
    const file = openDatabase(node.file, REPLICA_SCHEMA, true)
    if (!file.ok) throw new Error(file.trouble.detail)
    const store = createReplicaStore(file.db, { now: node.clock.now, uuid })
    if (store.meta.read('replicaId') === null) {
      store.meta.write('replicaId', replicaId)
      store.meta.write('memberId', node.memberId)
    }
    store.prepareIdentity()
    const sync = createSyncClient({ db: file.db, store, link: network.link(node.name, link(node.memberId, { kind: 'invited', role: roleOf(node.memberId) })), edge: { now: node.clock.now, uuid }, random: () => 0.5, folder: join(folder, `${node.name}-incoming`) }, {
      onChanges: () => undefined,
      onTrouble: (trouble) => void node.troubles.push(trouble),
      onConnection: () => undefined,
      onRefused: (reason) => void node.troubles.push(reason),
      onForgotten: () => undefined,
      onSettled: () => undefined,
      onFault: (error) => {
        if (!(error instanceof Error) || error.name !== 'LinkDown') node.troubles.push(error instanceof Error ? error.stack : error)
      },
    })
    return { ...node, db: file.db, store, sync }
  }

  function addNode(memberId: string): Node {
    const name = `device-${nodes.length}`
    const parts = { name, file: join(folder, `${name}.db`), memberId, clock: createFakeClock(), confirmed: new Map<string, string>(), troubles: [] }
    const node = start(parts, idOf(0x9000 + nodes.length))
    nodes.push(node)
    return node
  }

  function commit(node: Node, drafts: readonly Draft[]): boolean {
    if (drafts.length === 0) return false
    const result = node.store.commit(drafts)
    if (!result.ok) return false
    const texts = new Map(node.store.pendingOps(100_000).map((op) => [op.opId, op.bytes]))
    for (const opId of result.value.opIds) node.confirmed.set(opId, texts.get(opId) ?? 'not in the outbox')
    noteMade(world, drafts)
    return true
  }

  const settle = async () => {
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
  }

  const simulation: Simulation = {
    hub,
    hubClock,
    network,
    nodes,
    world,
    commit,
    addNode,
    settle,
    act(node, act) {
      const hand = { now: Math.max(node.clock.now(), TWO_AT_NIGHT - 400 * 86_400_000), uuid, seen: node.store.read }
      commit(node, draftsOf(world, act, hand))
    },
    force(node, { scope, kind, id, type, body }) {
      const counter = Number(node.store.meta.read('counter') ?? '0') + 1
      const opId = uuid()
      const replicaId = node.store.meta.require('replicaId')
      const text = JSON.stringify({ opId, scope, replicaId, counter, entity: { kind, id }, type, version: 1, body, hlc: makeHlc(node.clock.now(), 0), baseSeq: 0 })
      node.store.meta.write('counter', String(counter))
      node.db.prepare('INSERT INTO outbox (place, op_id, scope, kind, entity_id, bytes, made_at) VALUES (?, ?, ?, ?, ?, ?, 0)').run(counter, opId, scope, kind, id, text)
      node.confirmed.set(opId, text)
    },
    kill(node) {
      network.forget(node.name)
      node.db.close()
      Object.assign(node, start(node, ''))
    },
    async quiesce() {
      for (let round = 1; round <= ROUNDS; round++) {
        for (const node of nodes) void node.sync.lookAgain()
        await settle()
        while (await network.next(0, 'arrives')) await settle()
        const heads = new Map(hub.db.prepare<[], { scope: string; seq: number }>('SELECT scope, seq FROM scope_head').all().map(({ scope, seq }) => [scope, seq]))
        const done = nodes.every(
          (node) =>
            node.store.pendingCount().count === 0 &&
            [...heads].every(([scope, seq]) => (scope.startsWith('private:') && scope !== privateScope(node.memberId)) || (node.store.cursor(scope)?.seq ?? 0) === seq),
        )
        if (done) return round
      }
      const stuck = nodes.map((node) => `${node.name}: ${node.store.pendingCount().count} pending, ${JSON.stringify(node.troubles)}`)
      throw new Error(`Not at rest after ${ROUNDS} rounds: ${stuck.join('; ')}`)
    },
    close() {
      for (const node of nodes) {
        network.forget(node.name)
        node.db.close()
      }
      return hub.close()
    },
  }

  for (const memberId of members) {
    const first = !nodes.some((node) => node.memberId === memberId)
    const node = addNode(memberId)
    // A second device of the same member learns of him from the hub.
    if (first) commit(node, [{ scope: TEAM_SCOPE, kind: 'member', id: memberId, type: 'member.join', body: { name: `成员 ${nodes.length}`, role: roleOf(memberId) } }])
  }
  return simulation
}

/** Canonical state of everything that a member reads, as stored, byte for byte: one line an entity, sorted. */
export function canonicalDump(db: Db, memberId: string | null, column: 'canonical' | 'body' = 'canonical'): string {
  const rows = db.prepare<[string], { line: string }>(
    `SELECT kind || ' ' || id || ' ' || scope || ' ' || ${column} AS line FROM entity WHERE ${column} IS NOT NULL AND (scope NOT LIKE 'private:%' OR scope = ?) ORDER BY kind, id`,
  )
  return rows.all(memberId === null ? '' : privateScope(memberId)).map(({ line }) => line).join('\n')
}

/** Where a device stands in the scopes that all may read. */
export function sharedCursors(db: Db, table: 'cursor' | 'scope_head' = 'cursor'): { scope: string; seq: number; hash: string }[] {
  return db.prepare<[], { scope: string; seq: number; hash: string }>(`SELECT scope, seq, hash FROM ${table} WHERE scope NOT LIKE 'private:%' ORDER BY scope`).all()
}

