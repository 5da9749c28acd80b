import type { Db } from '#storage/open-database.ts'

/** An own op that the hub has not acknowledged. `place` orders the outbox; `made_at` is milliseconds since 1970. */
export type OutboxRow = { place: number; op_id: string; scope: string; kind: string; entity_id: string; bytes: string; made_at: number }

/** The own ops that the hub has not acknowledged, in the order of writing. */
export type Outbox = {
  add(row: OutboxRow): void
  remove(opId: string): void
  find(opId: string): OutboxRow | undefined
  /** The rows whose op has exactly this text. */
  findByText(bytes: string): OutboxRow[]
  /** The texts of the ops on one entity. */
  textsOn(kind: string, id: string): string[]
  isEmpty(): boolean
  all(): OutboxRow[]
  /** The first ops that may be pushed: an op in a scope that the hub does not know waits until it does. */
  toSend(limit: number): OutboxRow[]
  /** The place of the newest op, 0 when there is none. */
  lastPlace(): number
  /** How many ops wait, and when the oldest was written (milliseconds since 1970). */
  count(): { count: number; since: number | null }
}

export function createOutbox(db: Db): Outbox {
  const insert = db.prepare('INSERT INTO outbox (place, op_id, scope, kind, entity_id, bytes, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const remove = db.prepare('DELETE FROM outbox WHERE op_id = ?')
  const textsOn = db.prepare<[string, string], string>('SELECT bytes FROM outbox WHERE kind = ? AND entity_id = ? ORDER BY place').pluck()
  const byText = db.prepare<[string], OutboxRow>('SELECT * FROM outbox WHERE bytes = ?')
  const byId = db.prepare<[string], OutboxRow>('SELECT * FROM outbox WHERE op_id = ?')
  const first = db.prepare<[number], OutboxRow>('SELECT * FROM outbox ORDER BY place LIMIT ?')
  const toSend = db.prepare<[number], OutboxRow>(
    'SELECT * FROM outbox WHERE scope NOT IN (SELECT scope FROM absent_scope WHERE offered = 0) ORDER BY place LIMIT ?',
  )
  const lastPlace = db.prepare<[], { place: number | null }>('SELECT max(place) AS place FROM outbox')
  const count = db.prepare<[], { count: number; since: number | null }>('SELECT count(*) AS count, min(made_at) AS since FROM outbox')
  return {
    add({ place, op_id, scope, kind, entity_id, bytes, made_at }) {
      insert.run(place, op_id, scope, kind, entity_id, bytes, made_at)
    },
    remove: (opId) => void remove.run(opId),
    find: (opId) => byId.get(opId),
    findByText: (bytes) => byText.all(bytes),
    textsOn: (kind, id) => textsOn.all(kind, id),
    isEmpty: () => first.get(1) === undefined,
    all: () => first.all(-1),
    toSend: (limit) => toSend.all(limit),
    lastPlace: () => lastPlace.get()?.place ?? 0,
    count: () => count.get() ?? { count: 0, since: null },
  }
}
