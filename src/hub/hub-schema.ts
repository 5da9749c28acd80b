import type { DatabaseSchema } from '#storage/open-database.ts'

/** The hub's tables: the log that orders everything, where each scope stands, and the state it authorises against. */
export const HUB_SCHEMA: DatabaseSchema = {
  version: 1,
  migrate(db) {
    db.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE scope_head (scope TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE record (
        scope TEXT NOT NULL,
        seq INTEGER NOT NULL,
        op_id TEXT NOT NULL UNIQUE,
        hub_time INTEGER NOT NULL,
        actor TEXT NOT NULL,
        outcome TEXT NOT NULL,
        bytes TEXT NOT NULL,
        hash TEXT NOT NULL,
        UNIQUE (scope, seq)
      );
      CREATE TABLE entity (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        scope TEXT NOT NULL,
        body TEXT NOT NULL,
        sum INTEGER NOT NULL,
        PRIMARY KEY (kind, id)
      ) WITHOUT ROWID;
      CREATE TRIGGER record_is_final_update BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
      CREATE TRIGGER record_is_final_delete BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    `)
  },
}
