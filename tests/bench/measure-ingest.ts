import { join } from 'node:path'
import Database from 'better-sqlite3'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import type { FileHub } from '#hub/open-hub.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { openBareHub } from './data-folders.ts'
import { beginning, createAuthor, entryOp, opText, STARTED_AT, type Author } from './op-texts.ts'
import { uuidAt } from './random.ts'

const CLIENTS = 50
const SLICES = 10
/** Ops per push: one, as when people type, and many, as from a device that was offline. */
const PUSHES = [
  { name: 'one op a push', ops: 1, pushes: 20 },
  { name: '20 ops a push', ops: 20, pushes: 4 },
] as const

/** A team of fifty with one incident. */
async function openTeam(hub: FileHub, author: Author): Promise<{ members: string[]; incidentId: string }> {
  const { texts, incidentIds } = beginning(author, 1)
  await hub.log.submit(texts, { memberId: author.memberId, admission: null })
  const members = [author.memberId]
  while (members.length < CLIENTS) {
    const memberId = uuidAt(STARTED_AT, author.random)
    const text = opText(
      author,
      TEAM_SCOPE,
      { kind: 'member', id: memberId },
      'member.join',
      { name: `成员 ${members.length}`, role: 'pr' },
      STARTED_AT,
    )
    await hub.log.submit([text], { memberId, admission: { kind: 'invited', role: 'pr' } })
    members.push(memberId)
  }
  return { members, incidentId: incidentIds[0] ?? '' }
}

/** A table of the same bytes, equally durable, with a single writer: as many rows per transaction as there are pushes of clients. */
function openBareTable(folder: string) {
  const db = new Database(join(folder, 'bare.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, bytes TEXT NOT NULL)')
  const insert = db.prepare('INSERT INTO bare (bytes) VALUES (?)')
  const inOne = db.transaction((rows: readonly string[]) => {
    for (const row of rows) insert.run(row)
  })
  return { inOne: (rows: readonly string[]) => inOne.immediate(rows), close: () => db.close() }
}

/** Figure 2: ops that the hub accepts; each is authorized, numbered, chained, folded and durable before it is acknowledged. */
export const ingestBenchmark: Benchmark = {
  name: 'hub-ingest',
  about: `${CLIENTS} clients that each wait for their push before the next, against bare durable inserts of the same texts, as many a transaction`,
  async run(workshop) {
    const folder = workshop.folder()
    const hub = openBareHub(folder)
    const author = createAuthor(11)
    const { members, incidentId } = await openTeam(hub, author)
    const bare = openBareTable(folder)
    const figures: Figure[] = []
    let index = 0
    for (const { name, ops, pushes } of PUSHES) {
      let [taken, seconds, bareSeconds] = [0, 0, 0]
      for (let slice = 0; slice < SLICES; slice++) {
        const rounds = Array.from({ length: pushes }, () =>
          members.map(() => Array.from({ length: ops }, () => entryOp(author, incidentId, index, STARTED_AT + index++))),
        )
        const from = performance.now()
        await Promise.all(
          members.map(async (memberId, client) => {
            for (const round of rounds) await hub.log.submit(round[client] ?? [], { memberId, admission: null })
          }),
        )
        const between = performance.now()
        for (const round of rounds) bare.inOne(round.flat())
        bareSeconds += (performance.now() - between) / 1000
        seconds += (between - from) / 1000
        taken += pushes * members.length * ops
      }
      figures.push({
        name,
        value: taken / seconds,
        unit: 'ops/s',
        more: true,
        baseline: { name: 'bare inserts', value: taken / bareSeconds },
        goal: { of: 'value', limit: 5000 },
      })
    }
    const head = (await hub.log.headsFor(author.memberId)).find(({ scope }) => scope.endsWith(incidentId))
    if (head?.seq !== index + 1) throw new Error(`The hub has ${head?.seq} records of ${index + 1}`)
    bare.close()
    await hub.close()
    return figures
  },
}
