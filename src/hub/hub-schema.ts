import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql, type CompiledQuery } from 'kysely'
import type { DatabaseSchema } from '#storage/open-database.ts'
import { accountTableSteps, type AccountTables } from './accounts/account-tables.ts'
import { tokenTableSteps, type TokenTables } from './accounts/token-tables.ts'
import { agentTableSteps, claimTableSteps, type AgentTables } from './agents/agent-tables.ts'
import { apiTableSteps, type ApiTables } from './api/api-tables.ts'
import { evidencePieceTableSteps, type EvidencePieceTables } from './evidence/evidence-piece-tables.ts'
import { evidenceTableSteps } from './evidence/evidence-tables.ts'
import { UNSETTLED_READERS } from './log/settle-lent-readers.ts'
import { nodeTableSteps, type NodeTables } from './nodes/node-tables.ts'
import { oidcTableSteps, type OidcTables } from './oidc/oidc-tables.ts'
import { setAsideTableSteps, type SetAsideTables } from './set-aside/set-aside-tables.ts'
import { settleTimersAgain, timerTableSteps } from './timers/timer-tables.ts'
import { webhookTableSteps, type WebhookTables } from './webhooks/webhook-tables.ts'
import { keyType, tableEnd } from './database/columns.ts'
import type { Engine, HubTables } from './database/hub-tables.ts'
import type { HubSchema } from './database/schema-steps.ts'

type Step = (db: Kysely<HubTables>, engine: Engine) => CompiledQuery[]

function appendOnly(db: Kysely<HubTables>, engine: Engine): CompiledQuery[] {
  if (engine === 'sqlite') {
    return [
      sql`CREATE TRIGGER record_is_final_update BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END`.compile(
        db,
      ),
      sql`CREATE TRIGGER record_is_final_delete BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END`.compile(
        db,
      ),
    ]
  }
  return [
    sql`CREATE FUNCTION record_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$`.compile(
      db,
    ),
    sql`CREATE TRIGGER record_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON record FOR EACH STATEMENT EXECUTE FUNCTION record_is_final()`.compile(
      db,
    ),
  ]
}

const STEPS: readonly Step[] = [
  (db, engine) => [
    db.schema
      .createTable('meta')
      .addColumn('key', keyType(engine), (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .modifyEnd(tableEnd(engine))
      .compile(),
    db.schema
      .createTable('scope_head')
      .addColumn('scope', keyType(engine), (column) => column.primaryKey())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .modifyEnd(tableEnd(engine))
      .compile(),
    db.schema
      .createTable('record')
      .addColumn('scope', keyType(engine), (column) => column.notNull())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('op_id', keyType(engine), (column) => column.notNull().unique())
      .addColumn('hub_time', 'bigint', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('bytes', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addUniqueConstraint('record_place', ['scope', 'seq'])
      .compile(),
    db.schema
      .createTable('entity')
      .addColumn('kind', keyType(engine), (column) => column.notNull())
      .addColumn('id', keyType(engine), (column) => column.notNull())
      .addColumn('scope', keyType(engine), (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('sum', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('entity_name', ['kind', 'id'])
      .modifyEnd(tableEnd(engine))
      .compile(),
    ...appendOnly(db, engine),
  ],
  // Who may read a restricted scope. No incident was restricted before this step, so there is nothing to migrate.
  (db, engine) => [
    db.schema
      .alterTable('scope_head')
      .addColumn('restricted', 'integer', (column) => column.notNull().defaultTo(0))
      .compile(),
    db.schema
      .createTable('scope_reader')
      .addColumn('scope', keyType(engine), (column) => column.notNull())
      .addColumn('member_id', keyType(engine), (column) => column.notNull())
      .addPrimaryKeyConstraint('scope_reader_name', ['scope', 'member_id'])
      .modifyEnd(tableEnd(engine))
      .compile(),
  ],
  // Who may sign in, and which scopes name which evidence.
  (db, engine) => [
    ...accountTableSteps(db.withTables<AccountTables>(), engine),
    db.schema
      .createTable('evidence_use')
      .addColumn('hash', keyType(engine), (column) => column.notNull())
      .addColumn('scope', keyType(engine), (column) => column.notNull())
      .addPrimaryKeyConstraint('evidence_use_name', ['hash', 'scope'])
      .modifyEnd(tableEnd(engine))
      .compile(),
    ...(engine === 'sqlite'
      ? [
          sql`INSERT OR IGNORE INTO evidence_use (hash, scope) SELECT json_extract(file.value, '$.hash'), scope FROM entity, json_each(CASE WHEN json_valid(body) THEN body ELSE '{}' END, '$.state.evidence') AS file WHERE kind = 'entry' AND file.type = 'object'`.compile(
            db,
          ),
        ]
      : // Matched by pattern: a text with an escaped NUL or an unpaired surrogate is valid JSON, but PostgreSQL rejects it.
        [
          sql`INSERT INTO evidence_use (hash, scope) SELECT DISTINCT file[1], scope FROM entity, regexp_matches(body, '"hash":"([0-9a-f]{64})"', 'g') AS file WHERE kind = 'entry' ON CONFLICT DO NOTHING`.compile(
            db,
          ),
        ]),
  ],
  // The op counter of each device, to detect a copied replica. Ops accepted before this step are not counted.
  (db, engine) => [
    db.schema
      .createTable('replica_counter')
      .addColumn('replica_id', keyType(engine), (column) => column.notNull())
      .addColumn('member_id', keyType(engine), (column) => column.notNull())
      .addColumn('counter', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('replica_counter_name', ['replica_id', 'member_id'])
      .modifyEnd(tableEnd(engine))
      .compile(),
  ],
  // API tokens and webhooks.
  (db, engine) => [
    ...tokenTableSteps(db.withTables<TokenTables>(), engine),
    ...apiTableSteps(db.withTables<ApiTables>(), engine),
    ...webhookTableSteps(db.withTables<WebhookTables>(), engine),
  ],
  // Company sign-ins in progress.
  (db, engine) => oidcTableSteps(db.withTables<OidcTables>(), engine),
  // Unreadable rows that are not served, and how much refused text is kept.
  (db, engine) => [
    ...setAsideTableSteps(db.withTables<SetAsideTables>(), engine),
    // Text refused before this step is not counted.
    db.schema
      .createTable('refused_text')
      .addColumn('member_id', keyType(engine), (column) => column.primaryKey())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addColumn('length', 'bigint', (column) => column.notNull())
      .modifyEnd(tableEnd(engine))
      .compile(),
  ],
  // Which of the scopes that name a file grant access to it.
  (db, engine) => evidenceTableSteps(db, engine),
  // When lent read access ends. Permanent access given by earlier versions is migrated when the hub starts.
  (db) => [
    db.schema.alterTable('scope_reader').addColumn('until', 'bigint').compile(),
    sql`INSERT INTO meta (key, value) SELECT ${sql.lit(UNSETTLED_READERS)}, 'yes' WHERE EXISTS (SELECT 1 FROM scope_reader)`.compile(db),
  ],
  // The epochs of the log. The first recorded one is the current one.
  (db, engine) => [
    db.schema
      .createTable('epoch')
      .addColumn('number', 'bigint', (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('signature', 'text', (column) => column.notNull())
      .modifyEnd(tableEnd(engine))
      .compile(),
  ],
  // The time of each scope's last record, so that times in a scope never decrease; and what nodes of one hub share outside the log.
  (db, engine) => [
    db.schema
      .alterTable('scope_head')
      .addColumn('hub_time', 'bigint', (column) => column.notNull().defaultTo(0))
      .compile(),
    sql`UPDATE scope_head SET hub_time = coalesce((SELECT hub_time FROM record WHERE record.scope = scope_head.scope AND record.seq = scope_head.seq), 0)`.compile(
      db,
    ),
    ...(engine === 'postgres'
      ? [...evidencePieceTableSteps(db.withTables<EvidencePieceTables>()), ...nodeTableSteps(db.withTables<NodeTables>())]
      : []),
  ],
  // Timers. Those of existing incidents are set when the hub starts.
  (db, engine) => timerTableSteps(db, engine),
  // Agents and what they did with published texts.
  (db, engine) => agentTableSteps(db.withTables<AgentTables>(), engine),
  // Timers of bulletins: those of existing incidents are set as the first ones were.
  (db) => [settleTimersAgain(db)],
  // Numbers of agents that are wanted by two.
  (db, engine) => claimTableSteps(db.withTables<AgentTables>(), engine),
]

/** The schema on both engines. */
export const HUB_STEPS: HubSchema = {
  version: STEPS.length,
  stepsAfter: (version, db, engine) => STEPS.slice(version).flatMap((step) => step(db, engine)),
}

/** The schema for a SQLite file, see {@link DatabaseSchema}. */
export const HUB_SCHEMA: DatabaseSchema = {
  version: HUB_STEPS.version,
  migrate(db, from) {
    const words = new Kysely<HubTables>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (of) => new SqliteIntrospector(of),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    })
    for (const { sql: text } of HUB_STEPS.stepsAfter(from, words, 'sqlite')) db.exec(text)
  },
}
