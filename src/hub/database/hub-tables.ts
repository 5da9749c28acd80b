import type { Generated } from 'kysely'

export type Engine = 'sqlite' | 'postgres'

/** A record as stored: bodies and outcomes are the JSON text that was hashed or summed. */
export type RecordRow = {
  scope: string
  seq: number
  op_id: string
  hub_time: number
  actor: string
  outcome: string
  bytes: string
  hash: string
}

/** State that the hub authorizes against, with a checksum of the row. */
export type EntityRow = { kind: string; id: string; scope: string; body: string; sum: number }

/** An epoch of the log, signed together with the ID of the previous one. */
export type EpochRow = { number: number; id: string; begun_at: number; reason: string; signature: string }

/** The hub's tables, the same on both engines. */
export type HubTables = {
  meta: { key: string; value: string }
  /** The head of each scope; `restricted` is 1 when only members in `scope_reader` may read it. */
  scope_head: {
    scope: string
    seq: number
    hash: string
    restricted: Generated<number>
    /** The time of the last record. */ hub_time: Generated<number>
  }
  /** `until`: when temporary read access ends; null for named readers. */
  scope_reader: { scope: string; member_id: string; until: Generated<number | null> }
  /** Which scopes grant access to an evidence file: a reader of one of them may have the file. */
  evidence_use: { hash: string; scope: string }
  /** A file named by a member who has not proved that they have it; it grants no access until they do. */
  evidence_claim: { hash: string; scope: string; member_id: string }
  /** Who has uploaded a whole file; they always have access. */
  evidence_holder: { hash: string; member_id: string }
  /** The highest number that a member's device has given to one of its ops. */
  replica_counter: { replica_id: string; member_id: string; counter: number }
  /** How much refused text of a member is kept verbatim, see `refused-texts.ts`. */
  refused_text: { member_id: string; count: number; length: number }
  /**
   * A time at which the hub acts on an entity (`about`: on which part of it), milliseconds since 1970. A claim lasts until
   * `claimed_until`; a fired timer is kept so that it does not fire again.
   */
  timer: {
    kind: string
    id: string
    rule: string
    about: string
    scope: string
    due_at: number
    claimed_until: Generated<number | null>
    claimed_by: Generated<string | null>
    fired_at: Generated<number | null>
  }
  record: RecordRow
  entity: EntityRow
  epoch: EpochRow
}
