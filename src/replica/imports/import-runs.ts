import { IMPORT } from '#domain/imports/import-entity.ts'
import { write, type ServiceContext } from '../context/service-context.ts'

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export type ImportRuns = {
  begin(importId: string, scope: string): void
  end(importId: string): void
  /** Abandons imports of dead processes; they were never visible, and now the log says so too. */
  abandonDead(): void
}

/** Which process writes which import, so that the next start closes an import whose process died. */
export function createImportRuns({ db, ...context }: ServiceContext): ImportRuns {
  const insert = db.prepare('INSERT OR REPLACE INTO import_run (import_id, scope, process) VALUES (?, ?, ?)')
  const remove = db.prepare('DELETE FROM import_run WHERE import_id = ?')
  const all = db.prepare<[], { import_id: string; scope: string; process: number }>('SELECT import_id, scope, process FROM import_run')
  return {
    begin: (importId, scope) => void insert.run(importId, scope, process.pid),
    end: (importId) => void remove.run(importId),
    abandonDead() {
      for (const run of all.all()) {
        if (run.process !== process.pid && isAlive(run.process)) continue
        write({ db, ...context }, [{ scope: run.scope, kind: IMPORT.kind, id: run.import_id, type: 'import.abandon', body: {} }])
        remove.run(run.import_id)
      }
    },
  }
}
