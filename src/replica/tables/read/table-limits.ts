/** How much of a foreign table is taken in. Each bound keeps one kind of hostile or mistaken file from hurting the app. */

const MiB = 1024 * 1024

/** Text files are streamed, so the bound only keeps an import within minutes. Bytes. */
export const MAX_TEXT_FILE_BYTES = 500 * MiB

/** A workbook is compressed; what it inflates to has a bound of its own. Bytes. */
export const MAX_WORKBOOK_FILE_BYTES = 100 * MiB

/** Inflated bytes of one archive, declared and, for what is read, counted while inflating (ASVS 5.2.3). */
export const MAX_INFLATED_BYTES = 200 * MiB

/** Entries in one archive: a table may carry a picture for each of its rows. */
export const MAX_ARCHIVE_ENTRIES = 10_000

/** Inflated : compressed, for entries that inflate to more than `RATIO_FREE_BYTES`. */
export const MAX_INFLATION_RATIO = 100

/** Entries up to this size may be as repetitive as they like: a thousand equal answers are no bomb. Bytes. */
export const RATIO_FREE_BYTES = 24 * MiB

/** Text of one cell, in UTF-16 units; Excel's own bound is 32,767. A longer one is cut for display and its row is a problem. */
export const MAX_CELL_LENGTH = 32 * 1024

/** Columns of a table. */
export const MAX_COLUMNS = 200

/** Rows after the header, empty ones not counted. */
export const MAX_ROWS = 1_000_000

/** Separators between two line ends, those of empty columns included: a row has no more cells than this, however it is quoted. */
export const MAX_SEPARATORS = 100_000

/** Merged ranges of cells that are looked at. */
export const MAX_MERGED = 20_000

/** Text of one row, in bytes or characters: as many cells as allowed, each as long as allowed. */
export const MAX_ROW_LENGTH = MAX_COLUMNS * MAX_CELL_LENGTH

/** Objects within objects, or arrays, in one JSON row. */
export const MAX_JSON_DEPTH = 20

/** Elements within elements in a part of a workbook; real ones stay below 20. */
export const MAX_XML_DEPTH = 100

/** JSON rows read ahead to learn the columns. */
export const JSON_ROWS_FOR_COLUMNS = 1000

/** Rows handed over at once. */
export const MAX_BATCH_ROWS = 1000

/** Characters handed over at once; a row longer than this goes alone. */
export const MAX_BATCH_LENGTH = 4 * MiB

/** Rows shown before an import. */
export const SAMPLE_ROWS = 50

/** Files up to this size are read to the end when inspected, so that the number of rows is known. Bytes. */
export const COUNTED_FILE_BYTES = 16 * MiB

/** NULs in the first 64 KiB from which on a file is not text at all. */
export const MANY_NULS = 16
