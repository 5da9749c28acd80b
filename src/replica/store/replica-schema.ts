import type { DatabaseSchema, Db } from '#storage/open-database.ts'
import { indexLists } from './entity-list.ts'
import { indexAnew } from './index-anew.ts'
import { LISTS } from './lists.ts'

/**
 * The replica's tables. `entity` holds canonical state and, where own ops are pending, what its user sees instead; the
 * columns beside them are what screens sort and filter by (see `index-keys.ts`). `search` is contentless: its rowid is the entity's;
 * its `place` is the scope, `whole` the keys of what is masked, and its text is cut into words beforehand (see `search-terms.ts`), so the plainest tokenizer does, which leaves all but ASCII alone.
 * `told_notice` holds what this device has already called its user for.
 */
export const REPLICA_SCHEMA: DatabaseSchema = {
  version: 7,
  migrate(db, from) {
    if (from < 1) makeFirstTables(db)
    if (from < 2) addTeamTables(db)
    if (from < 3) db.exec('CREATE TABLE told_notice (id TEXT PRIMARY KEY) WITHOUT ROWID')
    // Set once the hub has shown another log than the one whose head it had signed.
    if (from < 4) db.exec('ALTER TABLE signed_head ADD COLUMN contradicted INTEGER NOT NULL DEFAULT 0')
    // Before, the words of what is masked stood in the index too.
    if (from < 5) indexAnew(db)
    if (from < 6) addMissing(db)
    // Version 7 only adds the indexes of lists.
    indexLists(db, LISTS)
  },
}

/**
 * What a hub does not show any more although it had acknowledged it. `absent_scope` holds scopes that it does not name and whose
 * content stays here, `offered` where the own records of one went back into the outbox; `set_aside` holds records whose place was
 * taken, `altered` where something else stands under their name. `seen` is set once somebody knows. Heads that the hub
 * signed are kept of every life of its log, in the `format` of their signature.
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
 * What belongs to a team. The outbox is in the order of its places, since ops that a restored hub has lost go before what was
 * written later; `scope_base` says where a scope begins that came as a snapshot, `signed_head` holds the newest head
 * that the hub has signed, `evidence_use` which entities refer to which files, `doomed_file` files to be removed once nothing
 * refers to them, and `pinned_scope` the incidents all of whose files are to be kept here.
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
    CREATE TABLE doomed_file (hash TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE pinned_scope (scope TEXT PRIMARY KEY) WITHOUT ROWID;
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
