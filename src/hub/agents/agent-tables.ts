import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import { keyType } from '../database/columns.ts'
import type { Engine } from '../database/hub-tables.ts'

/**
 * Agents, their sessions, and what they did with published texts. None of it is in the log: agents are thousands, come and go with
 * their vendors, and what they do is evaluated, never replayed. Times are milliseconds since 1970, lists are JSON.
 */
export type AgentTables = {
  agent: {
    id: string
    /** As it is shown. */
    number: string
    /** Its form for comparing. */
    number_key: string
    name: string
    /** argon2id in PHC form; null for an agent who joined by a link. */
    password: string | null
    groups: string
    vendor: string | null
    link_id: string | null
    created_at: number
    /** At any node, written at most every few seconds. */
    seen_at: number | null
    ended_at: number | null
    /** The last change of texts that was shown to the agent. */
    seen_change: number
  }
  agent_link: {
    id: string
    secret_hash: string
    label: string
    group_id: string
    vendor: string | null
    seats: number
    created_by: string
    created_at: number
    expires_at: number
    ended_at: number | null
  }
  agent_session: { id: string; agent_id: string; secret_hash: string; created_at: number; ended_at: number | null }
  /** An agent confirmed a version: the release of a revision, since a text that is published again must be confirmed again. */
  agent_confirmation: { agent_id: string; wording_id: string; revision_id: string; release_at: number; number: number; at: number }
  /** What agents did; kept for some time, so that a note that is sent twice counts once. `text` is masked. */
  agent_note: {
    agent_id: string
    id: string
    wording_id: string
    revision_id: string
    number: number
    kind: string
    at: number
    received_at: number
    text: string
  }
  /** When a version was first shown to an agent. */
  agent_shown: { wording_id: string; revision_id: string; agent_id: string; at: number }
  /** How often agents did something with a version, by hours. */
  agent_use: { wording_id: string; revision_id: string; hour: number; kind: string; number: number; count: number }
  /** Somebody with a link wants a number that an agent has: the last who did, and how often it was tried. */
  agent_claim: { agent_id: string; name: string; at: number; times: number }
  agent_nudge: { id: string; wording_id: string; group_id: string | null; at: number; by_member: string }
}

export type AgentDb = Kysely<AgentTables>
export type AgentRecord = Selectable<AgentTables['agent']>
export type LinkRecord = Selectable<AgentTables['agent_link']>

/** Creates the tables of agents, the same on both engines. */
export function agentTableSteps(db: AgentDb, engine: Engine): CompiledQuery[] {
  const key = keyType(engine)
  return [
    db.schema
      .createTable('agent')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('number', 'text', (column) => column.notNull())
      .addColumn('number_key', key, (column) => column.notNull().unique())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('password', 'text')
      .addColumn('groups', 'text', (column) => column.notNull())
      .addColumn('vendor', 'text')
      .addColumn('link_id', key)
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('seen_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('seen_change', 'bigint', (column) => column.notNull())
      .compile(),
    db.schema.createIndex('agent_by_link').on('agent').columns(['link_id']).compile(),
    db.schema
      .createTable('agent_link')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('secret_hash', key, (column) => column.notNull().unique())
      .addColumn('label', 'text', (column) => column.notNull())
      .addColumn('group_id', key, (column) => column.notNull())
      .addColumn('vendor', 'text')
      .addColumn('seats', 'integer', (column) => column.notNull())
      .addColumn('created_by', key, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .compile(),
    db.schema
      .createTable('agent_session')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('agent_id', key, (column) => column.notNull())
      .addColumn('secret_hash', key, (column) => column.notNull().unique())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .compile(),
    db.schema.createIndex('agent_session_by_agent').on('agent_session').columns(['agent_id', 'created_at']).compile(),
    db.schema
      .createTable('agent_confirmation')
      .addColumn('agent_id', key, (column) => column.notNull())
      .addColumn('wording_id', key, (column) => column.notNull())
      .addColumn('revision_id', key, (column) => column.notNull())
      .addColumn('release_at', 'bigint', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('agent_confirmation_name', ['agent_id', 'wording_id', 'revision_id', 'release_at'])
      .compile(),
    db.schema
      .createIndex('agent_confirmation_of_text')
      .on('agent_confirmation')
      .columns(['wording_id', 'agent_id', 'release_at', 'number', 'at'])
      .compile(),
    db.schema
      .createTable('agent_note')
      .addColumn('agent_id', key, (column) => column.notNull())
      .addColumn('id', key, (column) => column.notNull())
      .addColumn('wording_id', key, (column) => column.notNull())
      .addColumn('revision_id', key, (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('kind', key, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('agent_note_name', ['agent_id', 'id'])
      .compile(),
    db.schema.createIndex('agent_note_by_time').on('agent_note').columns(['agent_id', 'received_at']).compile(),
    db.schema.createIndex('agent_note_quotes').on('agent_note').columns(['kind', 'wording_id', 'at']).compile(),
    db.schema
      .createTable('agent_shown')
      .addColumn('wording_id', key, (column) => column.notNull())
      .addColumn('revision_id', key, (column) => column.notNull())
      .addColumn('agent_id', key, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('agent_shown_name', ['wording_id', 'revision_id', 'agent_id'])
      .compile(),
    db.schema
      .createTable('agent_use')
      .addColumn('wording_id', key, (column) => column.notNull())
      .addColumn('revision_id', key, (column) => column.notNull())
      .addColumn('hour', 'bigint', (column) => column.notNull())
      .addColumn('kind', key, (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('agent_use_name', ['wording_id', 'revision_id', 'hour', 'kind'])
      .compile(),
    db.schema
      .createTable('agent_nudge')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('wording_id', key, (column) => column.notNull())
      .addColumn('group_id', key)
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('by_member', key, (column) => column.notNull())
      .compile(),
    db.schema.createIndex('agent_nudge_by_time').on('agent_nudge').columns(['at']).compile(),
  ]
}

/** Creates the table of numbers that are wanted by two. */
export function claimTableSteps(db: AgentDb, engine: Engine): CompiledQuery[] {
  return [
    db.schema
      .createTable('agent_claim')
      .addColumn('agent_id', keyType(engine), (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('times', 'integer', (column) => column.notNull())
      .compile(),
  ]
}
