import { parentPort } from 'node:worker_threads'
import { z } from 'zod'
import { openDatabase } from '#storage/open-database.ts'
import { CLEAR_TOKEN, dropClearToken } from './clear-token.ts'
import { REPLICA_SCHEMA } from './replica-schema.ts'
import { purgeScopes } from './scope-content.ts'
import { emptyWriteAheadLog, holdsScopes, scrubFile } from './scrub.ts'

/** `forget` is null for the file in use, which was purged before; for a copy, the scopes to purge. */
const Task = z.object({ file: z.string(), forget: z.array(z.string()).nullable() })

function work({ file, forget }: z.infer<typeof Task>): 'clean' | 'busy' | 'unreadable' {
  const opened = openDatabase(file, REPLICA_SCHEMA, false)
  if (!opened.ok) return 'unreadable'
  const { db } = opened
  try {
    if (forget && holdsScopes(db, forget)) {
      db.pragma('secure_delete = ON')
      if (forget.includes(CLEAR_TOKEN)) dropClearToken(db)
      purgeScopes(db, forget, Date.now())
    }
    const done = scrubFile(db)
    return emptyWriteAheadLog(db) && done ? 'clean' : 'busy'
  } catch {
    return forget ? 'unreadable' : 'busy'
  } finally {
    db.close()
  }
}

parentPort?.on('message', (message) => parentPort?.postMessage(work(Task.parse(message))))
