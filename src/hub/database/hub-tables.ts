import type { Generated } from 'kysely'

export type Engine = 'sqlite' | 'postgres'

/** One line of the log, as it lies in the table: bodies and outcomes are the JSON text that was hashed or summed. */
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

/** State that the hub authorises against, with a sum over what the row holds. */
export type EntityRow = { kind: string; id: string; scope: string; body: string; sum: number }

/** A life of the log, signed together with the id of the one before it. */
export type EpochRow = { number: number; id: string; begun_at: number; reason: string; signature: string }

/** The hub's tables, alike on both engines. */
export type HubTables = {
  meta: { key: string; value: string }
  /** Where each scope stands; `restricted` is 1 where only those in `scope_reader` may read it. */
  scope_head: {
    scope: string
    seq: number
    hash: string
    restricted: Generated<number>
    /** Of the last record. */ hub_time: Generated<number>
  }
  /** `until`: when reading ends that was lent for a time; null for those who are named. */
  scope_reader: { scope: string; member_id: string; until: Generated<number | null> }
  /** Which scopes open an evidence file: who reads one of them may have the file. */
  evidence_use: { hash: string; scope: string }
  /** A file named by somebody who has not shown to have it: it opens nothing until they do. */
  evidence_claim: { hash: string; scope: string; member_id: string }
  /** Who has brought a file whole: they have it anyway. */
  evidence_holder: { hash: string; member_id: string }
  /** The highest number that a member's device has given an op of its own. */
  replica_counter: { replica_id: string; member_id: string; counter: number }
  /** How much of what was refused to a member is kept word for word, see `refused-texts.ts`. */
  refused_text: { member_id: string; count: number; length: number }
  /**
   * A moment at which the hub has something to do for an entity (`about`: which part of it), milliseconds since 1970. Whoever
   * claims it has it until `claimed_until`; once it has fired it stays, so that it does not fire again.
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
