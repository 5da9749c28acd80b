/** Limits for foreign tables. Each protects the app from one kind of hostile or faulty file. */

const MiB = 1024 * 1024

/** Text files are streamed, so this only keeps an import within minutes. Bytes. */
export const MAX_TEXT_FILE_BYTES = 500 * MiB

/** A workbook is compressed; its inflated size has its own limit. Bytes. */
export const MAX_WORKBOOK_FILE_BYTES = 100 * MiB

/** Inflated bytes of one archive, declared and, for what is read, counted while inflating (ASVS 5.2.3). */
export const MAX_INFLATED_BYTES = 200 * MiB

/** Entries in one archive: a table may contain a picture per row. */
export const MAX_ARCHIVE_ENTRIES = 10_000

/** Inflated : compressed, for entries that inflate to more than `RATIO_FREE_BYTES`. */
export const MAX_INFLATION_RATIO = 100

/** Entries up to this size may be as repetitive as they like: a thousand equal answers are no zip bomb. Bytes. */
export const RATIO_FREE_BYTES = 24 * MiB

/** Text of one cell, in UTF-16 units; Excel's own limit is 32,767. Longer text is cut for display and its row is a problem. */
export const MAX_CELL_LENGTH = 32 * 1024

/** Columns of a table. */
export const MAX_COLUMNS = 200

/** Rows after the header, empty ones not counted. */
export const MAX_ROWS = 1_000_000

/** Separators between two line ends, including those of empty columns: no row has more cells than this, with any quoting. */
export const MAX_SEPARATORS = 100_000

/** Maximum number of merged ranges. */
export const MAX_MERGED = 20_000

/** Text of one row, in bytes or characters: the maximum number of cells, each of maximum length. */
export const MAX_ROW_LENGTH = MAX_COLUMNS * MAX_CELL_LENGTH

/** Depth of objects or arrays in one JSON row. */
export const MAX_JSON_DEPTH = 20

/** Depth of elements in a part of a workbook; real files stay below 20. */
export const MAX_XML_DEPTH = 100

/** JSON rows read ahead to find the columns. */
export const JSON_ROWS_FOR_COLUMNS = 1000

/** Maximum number of rows in a batch. */
export const MAX_BATCH_ROWS = 1000

/** Maximum number of characters in a batch; a longer row is sent alone. */
export const MAX_BATCH_LENGTH = 4 * MiB

/** Rows shown before an import. */
export const SAMPLE_ROWS = 50

/** Files up to this size are read to the end when inspected, to count their rows. Bytes. */
export const COUNTED_FILE_BYTES = 16 * MiB

/** With this many NULs in its first 64 KiB a file is not text. */
export const MANY_NULS = 16
