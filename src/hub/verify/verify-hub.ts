import type { Kysely } from 'kysely'
import type { VerifyReport } from '#contract/workspace-api.ts'
import type { HubTables } from '../database/hub-tables.ts'
import { epochText } from '../log/epochs.ts'
import type { Hub } from '../log/hub.ts'
import type { HubSigning } from '../signing/hub-signing.ts'
import { recomputeScope } from './recompute-scope.ts'
import { sealText } from './seal.ts'

type Db = Kysely<HubTables>

/** What is wrong with the hub's signed name or its epochs; null when nothing is. */
async function findMetaFault(db: Db, signing: HubSigning): Promise<string | null> {
  const meta = new Map((await db.selectFrom('meta').selectAll().execute()).map(({ key, value }) => [key, value]))
  const [hubId, privateKey, seal] = [meta.get('hubId'), meta.get('privateKey'), meta.get('seal')]
  const epochs = await db.selectFrom('epoch').selectAll().orderBy('number').execute()
  // A hub of an earlier version, or one that has never served: nothing is signed yet.
  if (seal === undefined && epochs.length === 0) return null
  if (hubId === undefined || privateKey === undefined) return 'meta hubId, privateKey'
  const key = openKey(signing, privateKey)
  if (!key) return 'meta privateKey'
  let previous = ''
  for (const [index, epoch] of epochs.entries()) {
    if (epoch.number !== index + 1 || !key.isOwn(epochText(hubId, epoch, previous), epoch.signature)) return `epoch ${epoch.number}`
    previous = epoch.id
  }
  if (meta.get('epoch') !== previous) return 'meta epoch'
  return seal !== undefined && key.isOwn(sealText(hubId, meta.get('teamName') ?? ''), seal) ? null : 'meta hubId, teamName, seal'
}

function openKey(signing: HubSigning, privateKey: string) {
  try {
    return signing.open(privateKey)
  } catch {
    return null
  }
}

/** A device's counter must be the number of one of its ops, with no accepted op beyond it; 0 means that it has used none. */
async function findCounterFault(db: Db): Promise<string | null> {
  const counters = new Map(
    (await db.selectFrom('replica_counter').selectAll().where('counter', '>', 0).execute()).map((row) => [
      `${row.replica_id} ${row.member_id}`,
      row.counter,
    ]),
  )
  const used = new Set<string>()
  for (let after = { scope: '', seq: 0 }; ;) {
    const from = after
    const rows = await db
      .selectFrom('record')
      .select(['scope', 'seq', 'actor', 'outcome', 'bytes'])
      .where(({ eb, refTuple, tuple }) => eb(refTuple('scope', 'seq'), '>', tuple(from.scope, from.seq)))
      .orderBy('scope')
      .orderBy('seq')
      .limit(1000)
      .execute()
    for (const { actor, bytes } of rows) {
      const said = readNumber(bytes)
      if (!said) continue
      const name = `${said.replicaId} ${actor}`
      if (counters.get(name) === said.counter) used.add(name)
    }
    const last = rows.at(-1)
    if (!last) break
    after = last
  }
  const odd = [...counters.keys()].find((name) => !used.has(name))
  return odd === undefined ? null : `replica_counter ${odd}`
}

function readNumber(bytes: string): { replicaId: string; counter: number } | null {
  try {
    const op = JSON.parse(bytes) as unknown
    return typeof op === 'object' &&
      op !== null &&
      'replicaId' in op &&
      typeof op.replicaId === 'string' &&
      'counter' in op &&
      typeof op.counter === 'number'
      ? { replicaId: op.replicaId, counter: op.counter }
      : null
  } catch {
    return null
  }
}

/**
 * Verifies a hub's database against its own log at one moment, also while the hub serves: recomputes every scope and checks that
 * every entity, head, reader, counter and epoch follows from the log.
 */
export function verifyHub(hub: Hub): Promise<VerifyReport> {
  return hub.database.readAtOnce(async (db) => {
    const names = [
      ...(await db.selectFrom('scope_head').select('scope').execute()),
      ...(await db.selectFrom('record').select('scope').distinct().execute()),
      ...(await db.selectFrom('entity').select('scope').distinct().execute()),
      ...(await db.selectFrom('scope_reader').select('scope').distinct().execute()),
      ...(await db.selectFrom('evidence_use').select('scope').distinct().execute()),
    ].map(({ scope }) => scope)
    const scopes: VerifyReport['scopes'] = []
    for (const scope of [...new Set(names)].toSorted()) scopes.push(await recomputeScope(db, scope))
    const detail = (await findMetaFault(db, hub.signing)) ?? (await findCounterFault(db))
    const databases = [{ file: hub.database.engine === 'sqlite' ? 'hub.db' : 'PostgreSQL', ok: detail === null, detail }]
    return {
      ok: detail === null && scopes.every(({ fault }) => fault === null),
      databases,
      scopes,
      records: scopes.reduce((sum, one) => sum + one.records, 0),
      hub: null,
    }
  })
}
