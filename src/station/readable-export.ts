import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { join } from 'node:path'
import { openReadOnly } from '#storage/open-database.ts'
import { HUB_FILE, REPLICA_FILE } from './open-files.ts'

const TABLES: readonly [string, string][] = [
  [HUB_FILE, 'record'],
  [REPLICA_FILE, 'record'],
  [REPLICA_FILE, 'outbox'],
  [REPLICA_FILE, 'attention'],
]

function* readableLines(dataFolder: string): Generator<string> {
  for (const [file, table] of TABLES) {
    const opened = openReadOnly(join(dataFolder, file))
    if (!opened.ok) {
      yield `${JSON.stringify({ file, table, problem: opened.trouble.detail })}\n`
      continue
    }
    try {
      // Row by row: a damaged page costs the rows behind it in this table, not the other tables.
      for (const row of opened.db.prepare(`SELECT * FROM ${table}`).iterate()) yield `${JSON.stringify({ file, table, ...(row as object) })}\n`
    } catch (error) {
      yield `${JSON.stringify({ file, table, problem: error instanceof Error ? error.message : '' })}\n`
    } finally {
      opened.db.close()
    }
  }
}

/** Everything that can still be read of a data folder, one JSON object a line: what the log says and what was not yet sent. */
export async function writeReadable(dataFolder: string, path: string): Promise<void> {
  await pipeline(Readable.from(readableLines(dataFolder)), createWriteStream(path))
}
