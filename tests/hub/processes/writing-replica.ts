import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { connectHub } from '#contract/connect-hub.ts'
import { openDatabase } from '#storage/open-database.ts'
import { socketWire } from '#replica/link/socket-wire.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { createReplicaStore } from '#replica/store/replica-store.ts'
import { createSyncClient } from '#replica/sync/sync-client.ts'
import { declaration, INCIDENT, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'

/**
 * A replica in its own process: `writing-replica.ts <folder> <url> <member> <secret> <entries> [pause]`. Commands on its input:
 * `declare` and `write` write and print each op that a commit has confirmed; `tell` prints what it holds; `count` prints how
 * much is pending and its cursor; `stop` ends the writing.
 */
const [folder = '', url = '', member = '', secret = '', entries = '0', pause = '15'] = process.argv.slice(2)
const say = (line: Record<string, unknown>) => void writeSync(1, `${JSON.stringify(line)}\n`)

const opened = openDatabase(join(folder, 'replica.db'), REPLICA_SCHEMA, true)
if (!opened.ok) throw new Error(opened.trouble.detail)
const { db } = opened
const store = createReplicaStore(db)
store.prepareIdentity()
store.meta.write('memberId', member)
const sync = createSyncClient(
  {
    db,
    store,
    link: connectHub(socketWire({ url, pinned: null }, secret, '0.0.0-test')),
    edge: { now: Date.now, uuid: () => crypto.randomUUID() },
    random: Math.random,
    folder: join(folder, 'incoming'),
  },
  {
    onChanges: () => undefined,
    onTrouble: (trouble) => say({ trouble }),
    onConnection: (connected) => say({ connected }),
    onRefused: (reason) => say({ refused: reason }),
    onForgotten: () => undefined,
    onSettled: () => undefined,
    onFault: (error) => {
      if (!(error instanceof Error) || error.name !== 'LinkDown') say({ fault: String(error) })
    },
  },
)
void sync.wake()

function commit(kind: string, id: string, type: string, body: Record<string, unknown>): void {
  const result = store.commit([{ scope: INCIDENT_SCOPE, kind, id, type, body }])
  say(result.ok ? { done: result.value.opIds[0], id } : { failed: result.failure })
  void sync.wake()
}

let stopped = false
async function write(): Promise<void> {
  while (!store.read('incident', INCIDENT)) await wait(20)
  for (let n = 0; n < Number(entries) && !stopped; n++) {
    commit('entry', crypto.randomUUID(), 'entry.record', {
      kind: 'observation',
      text: `${member.slice(-1)} 的第 ${n} 条`,
      happenedAt: Date.now(),
    })
    await wait(Number(pause))
  }
  say({ written: true })
}

createInterface(process.stdin).on('line', (line) => {
  if (line === 'declare') commit('incident', INCIDENT, 'incident.declare', { ...declaration({ declaredAt: Date.now(), level: 2 }) })
  if (line === 'write') void write()
  if (line === 'stop') stopped = true
  if (line === 'count') say({ waiting: store.pendingCount().count, seq: store.cursor(INCIDENT_SCOPE)?.seq ?? 0 })
  if (line === 'tell') {
    const dump = db
      .prepare<[], { line: string }>(
        "SELECT kind || ' ' || id || ' ' || canonical AS line FROM entity WHERE canonical IS NOT NULL ORDER BY kind, id",
      )
      .all()
    say({
      pending: store.pendingCount().count,
      attention: db.prepare('SELECT op_id FROM attention').all(),
      cursors: store.cursors().filter(({ scope }) => !scope.startsWith('private:')),
      dump: dump.map((row) => row.line),
    })
  }
})
