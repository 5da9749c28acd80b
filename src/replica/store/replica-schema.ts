import type { DatabaseSchema, Db } from '#storage/open-database.ts'
import { indexLists } from './entity-list.ts'
import { indexAnew } from './index-anew.ts'
import { LISTS } from './lists.ts'

/**
 * The replica's tables. `entity` holds the canonical state and, where own ops are pending, the view; the other columns are for
 * sorting and filtering (see `index-keys.ts`). `search` is contentless: its rowid is the entity's, its `place` is the scope, and
 * `whole` holds the keys of masked values. Its text is split into words beforehand (see `search-terms.ts`), so the simplest
 * tokenizer suffices, one that changes only ASCII. `announced_notice` holds the notices that this device has announced.
 */
export const REPLICA_SCHEMA: DatabaseSchema = {
  version: 8,
  migrate(db, from) {
    if (from < 1) makeFirstTables(db)
    if (from < 2) addTeamTables(db)
    if (from < 3) db.exec('CREATE TABLE announced_notice (id TEXT PRIMARY KEY) WITHOUT ROWID')
    // Set once the hub has shown a log other than the one whose head it signed.
    if (from < 4) db.exec('ALTER TABLE signed_head ADD COLUMN contradicted INTEGER NOT NULL DEFAULT 0')
    // Earlier versions also indexed the words of masked values.
    if (from < 5) indexAnew(db)
    if (from < 6) addMissing(db)
    if (from < 8) renameTables(db)
    // Versions 7 and 8 add indexes of lists.
    indexLists(db, LISTS)
  },
}

/** Earlier versions created these tables under other names. */
const RENAMED = { doomed_file: 'file_deletion_queue', pinned_scope: 'offline_scope', told_notice: 'announced_notice' }

function renameTables(db: Db): void {
  const exists = db.prepare<[string]>("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
  for (const [before, name] of Object.entries(RENAMED)) if (exists.get(before)) db.exec(`ALTER TABLE ${before} RENAME TO ${name}`)
}

/**
 * What the hub acknowledged but no longer shows. `absent_scope` holds scopes that it does not list and whose content stays
 * here; `offered` is set once the own records of one are back in the outbox. `set_aside` holds records whose
 * place in the log was taken; `altered` marks those whose id now belongs to another record. `seen` is set once a person has
 * seen it. Signed heads are kept for every epoch, with the `format` of their signature.
 */
function addMissing(db: Db): void {
  db.exec(`
    CREATE TABLE absent_scope (scope TEXT PRIMARY KEY, since INTEGER NOT NULL, epoch TEXT NOT NULL, offered INTEGER NOT NULL, seen INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    CREATE TABLE set_aside (
      scope TEXT NOT NULL,
      op_id TEXT NOT NULL,
      seq INTEGER NOT NULL,
      hub_time INTEGER NOT NULL,
      actor TEXT NOT NULL,
      bytes TEXT NOT NULL,
      altered INTEGER NOT NULL,
      since INTEGER NOT NULL,
      seen INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (scope, op_id)
    ) WITHOUT ROWID;
    ALTER TABLE signed_head RENAME TO signed_head_before;
    CREATE TABLE signed_head (
      scope TEXT NOT NULL,
      epoch TEXT NOT NULL,
      seq INTEGER NOT NULL,
      hash TEXT NOT NULL,
      hub_id TEXT NOT NULL,
      public_key TEXT NOT NULL,
      format INTEGER NOT NULL,
      signature TEXT NOT NULL,
      contradicted INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (scope, epoch)
    ) WITHOUT ROWID;
    INSERT INTO signed_head (scope, epoch, seq, hash, hub_id, public_key, format, signature, contradicted)
      SELECT scope, epoch, seq, hash, hub_id, public_key, 1, signature, contradicted FROM signed_head_before;
    DROP TABLE signed_head_before;
  `)
}

/**
 * The tables for a team. The outbox is ordered by its position column, since ops that a restored hub has lost are sent before
 * ops written later. `scope_base` is the start of a scope that began from a snapshot; `signed_head` the newest head that the
 * hub has signed; `evidence_use` the entities that refer to each file; `file_deletion_queue` the files to delete once nothing refers to
 * them; `offline_scope` the incidents whose files are all kept here.
 */
function addTeamTables(db: Db): void {
  db.exec(`
    ALTER TABLE outbox RENAME COLUMN counter TO place;
    CREATE TABLE scope_base (scope TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, stale INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    CREATE TABLE signed_head (
      scope TEXT PRIMARY KEY,
      seq INTEGER NOT NULL,
      hash TEXT NOT NULL,
      hub_id TEXT NOT NULL,
      epoch TEXT NOT NULL,
      public_key TEXT NOT NULL,
      signature TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE evidence_use (hash TEXT NOT NULL, row INTEGER NOT NULL, scope TEXT NOT NULL, size INTEGER NOT NULL, mime TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (hash, row)) WITHOUT ROWID;
    CREATE INDEX evidence_use_by_row ON evidence_use (row);
    CREATE INDEX evidence_use_by_scope ON evidence_use (scope);
    CREATE TABLE evidence_at_hub (hash TEXT PRIMARY KEY, whole INTEGER NOT NULL, received INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE file_deletion_queue (hash TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE offline_scope (scope TEXT PRIMARY KEY) WITHOUT ROWID;
    INSERT OR IGNORE INTO evidence_use (hash, row, scope, size, mime, name)
      SELECT json_extract(file.value, '$.hash'), row, scope, json_extract(file.value, '$.size'), json_extract(file.value, '$.mime'), json_extract(file.value, '$.name')
      FROM entity, json_each(coalesce(view, canonical), '$.state.evidence') AS file WHERE kind = 'entry';
  `)
}

function makeFirstTables(db: Db): void {
  db.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE outbox (
        counter INTEGER PRIMARY KEY,
        op_id TEXT NOT NULL UNIQUE,
        scope TEXT NOT NULL,
        kind TEXT NOT NULL,
        entity_id TEXT NOT NULL,
        bytes TEXT NOT NULL,
        made_at INTEGER NOT NULL
      );
      CREATE INDEX outbox_by_entity ON outbox (kind, entity_id);
      CREATE TABLE attention (
        op_id TEXT PRIMARY KEY,
        scope TEXT NOT NULL,
        bytes TEXT NOT NULL,
        code TEXT NOT NULL,
        params TEXT NOT NULL,
        at INTEGER NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE record (
        scope TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hub_time INTEGER NOT NULL,
        actor TEXT NOT NULL,
        outcome TEXT NOT NULL,
        bytes TEXT NOT NULL,
        hash TEXT NOT NULL,
        parked INTEGER NOT NULL DEFAULT 0
      );
      CREATE UNIQUE INDEX record_by_seq ON record (scope, seq);
      CREATE INDEX record_parked ON record (parked) WHERE parked = 1;
      CREATE TABLE cursor (scope TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, frozen TEXT) WITHOUT ROWID;
      CREATE TABLE entity (
        row INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        scope TEXT NOT NULL,
        canonical TEXT,
        view TEXT,
        sum INTEGER NOT NULL,
        sort_at INTEGER NOT NULL,
        recorded_at INTEGER NOT NULL,
        facet TEXT NOT NULL,
        parent TEXT NOT NULL,
        origin TEXT,
        starred INTEGER NOT NULL
      );
      CREATE UNIQUE INDEX entity_by_id ON entity (kind, id);
      CREATE INDEX entity_by_sort ON entity (kind, scope, sort_at, row, facet, starred, origin, recorded_at);
      CREATE INDEX entity_by_recording ON entity (kind, scope, recorded_at, row, facet, starred, origin, sort_at);
      CREATE INDEX entity_by_parent ON entity (parent, sort_at) WHERE parent <> '';
      CREATE TABLE tally (scope TEXT NOT NULL, origin TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (scope, origin)) WITHOUT ROWID;
      CREATE TABLE label (scope TEXT NOT NULL, label TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (scope, label, row)) WITHOUT ROWID;
      CREATE INDEX label_by_row ON label (row);
      CREATE TABLE evidence (hash TEXT PRIMARY KEY, size INTEGER NOT NULL, mime TEXT NOT NULL, kept_at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE import_run (import_id TEXT PRIMARY KEY, scope TEXT NOT NULL, process INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE import_mapping (target TEXT NOT NULL, columns TEXT NOT NULL, mapping TEXT NOT NULL, used_at INTEGER NOT NULL, PRIMARY KEY (target, columns)) WITHOUT ROWID;
    `)
}
