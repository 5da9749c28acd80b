import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql, type CompiledQuery } from 'kysely'
import type { DatabaseSchema } from '#storage/open-database.ts'
import { accountTableSteps, type AccountTables } from '../accounts/account-tables.ts'
import { apiTableSteps, type ApiTables } from '../api/api-tables.ts'
import { evidencePieceTableSteps, type EvidencePieceTables } from '../evidence/evidence-piece-tables.ts'
import { evidenceTableSteps } from '../evidence/evidence-tables.ts'
import { UNSETTLED_READERS } from '../log/settle-lent-readers.ts'
import { nodeTableSteps, type NodeTables } from '../nodes/node-tables.ts'
import { oidcTableSteps, type OidcTables } from '../oidc/oidc-tables.ts'
import { setAsideTableSteps, type SetAsideTables } from '../set-aside/set-aside-tables.ts'
import { timerTableSteps } from '../timers/timer-tables.ts'
import { keyType, tableEnd } from './columns.ts'
import type { Engine, HubTables } from './hub-tables.ts'

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
  // Who may read a restricted scope. No incident was restricted before this step, so nothing has to be filled in.
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
  // Who may sign in, and which scopes speak of which evidence.
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
      : // Found by its form: a text with a NUL or half of a character beside it is valid JSON, and none to PostgreSQL.
        [
          sql`INSERT INTO evidence_use (hash, scope) SELECT DISTINCT file[1], scope FROM entity, regexp_matches(body, '"hash":"([0-9a-f]{64})"', 'g') AS file WHERE kind = 'entry' ON CONFLICT DO NOTHING`.compile(
            db,
          ),
        ]),
  ],
  // How far each device has counted its ops, so that a copy of one is noticed. What was taken in before is simply not counted.
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
  // What machines come in by, and where events go out to.
  (db, engine) => apiTableSteps(db.withTables<ApiTables>(), engine),
  // Sign-ins by a company account that are under way.
  (db, engine) => oidcTableSteps(db.withTables<OidcTables>(), engine),
  // What cannot be read and is left out of what is served, and how much of what was refused is kept.
  (db, engine) => [
    ...setAsideTableSteps(db.withTables<SetAsideTables>(), engine),
    // What was refused before is simply not counted.
    db.schema
      .createTable('refused_text')
      .addColumn('member_id', keyType(engine), (column) => column.primaryKey())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addColumn('length', 'bigint', (column) => column.notNull())
      .modifyEnd(tableEnd(engine))
      .compile(),
  ],
  // Which of the scopes that speak of a file open it.
  (db, engine) => evidenceTableSteps(db, engine),
  // Until when those read who were lent it. What earlier versions gave for good is settled when the hub begins.
  (db) => [
    db.schema.alterTable('scope_reader').addColumn('until', 'bigint').compile(),
    sql`INSERT INTO meta (key, value) SELECT ${sql.lit(UNSETTLED_READERS)}, 'yes' WHERE EXISTS (SELECT 1 FROM scope_reader)`.compile(db),
  ],
  // The lives of the log. The first that is written down is the one that lasts.
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
  // When each scope's last record was made, so that the times of a scope run one way; and what nodes of one hub share beside the log.
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
  // What the hub has to do at a time. The timers of incidents that are there already are set when the hub begins.
  (db, engine) => timerTableSteps(db, engine),
]

export const SCHEMA_VERSION = STEPS.length

/** What brings a database from a version of the schema to the present one. */
export function schemaStepsAfter(version: number, db: Kysely<HubTables>, engine: Engine): CompiledQuery[] {
  return STEPS.slice(version).flatMap((step) => step(db, engine))
}

/** The schema for a SQLite file, see {@link DatabaseSchema}. */
export const HUB_SCHEMA: DatabaseSchema = {
  version: SCHEMA_VERSION,
  migrate(db, from) {
    const words = new Kysely<HubTables>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (of) => new SqliteIntrospector(of),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    })
    for (const { sql: text } of schemaStepsAfter(from, words, 'sqlite')) db.exec(text)
  },
}
