import type { ApiHandlers } from '#contract/api.ts'
import { incidentScope, type ScopeId } from '#domain/log/ids.ts'
import { done, fail } from '#contract/failures.ts'
import type { KeptFiles } from '#contract/file-api.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'
import { evidenceAvailability, type EvidenceSync } from '../sync/evidence-sync.ts'
import type { ServiceContext } from '../context/service-context.ts'

export type FileHandlers = Pick<
  ApiHandlers,
  | 'files.begin'
  | 'files.write'
  | 'files.cancel'
  | 'evidence.keep'
  | 'evidence.keepPath'
  | 'evidence.read'
  | 'evidence.availability'
  | 'evidence.fetch'
  | 'evidence.keptFiles'
  | 'evidence.keepAll'
>

/**
 * Receives uploaded files and returns evidence.
 * @param sync fetches evidence from the hub; null while there is no hub
 */
export function fileService(context: ServiceContext, files: EvidenceFiles, sync: () => EvidenceSync | null): FileHandlers {
  const { db } = context
  const pin = db.prepare('INSERT OR IGNORE INTO offline_scope (scope) VALUES (?)')
  const unpin = db.prepare('DELETE FROM offline_scope WHERE scope = ?')
  const pinned = db.prepare('SELECT 1 FROM offline_scope WHERE scope = ?')
  const filesOf = db.prepare<[string], { hash: string; size: number }>(
    'SELECT hash, max(size) AS size FROM evidence_use WHERE scope = ? GROUP BY hash',
  )
  return {
    'files.begin': ({ name, size, mime }) => (context.readOnly ? fail('read-only') : files.begin(name, size, mime)),
    'files.write': ({ uploadId, offset, bytes }) => files.write(uploadId, offset, bytes),
    'files.cancel': async ({ uploadId }) => {
      await files.cancel(uploadId)
      return done(null)
    },
    'evidence.keep': async ({ uploadId }) => {
      const taken = await files.finish(uploadId)
      return taken.ok ? files.keep(taken.value, true) : taken
    },
    'evidence.keepPath': async ({ path }) => {
      if (context.readOnly) return fail('read-only')
      const taken = await files.take(path)
      return taken.ok ? files.keep(taken.value, false) : taken
    },
    'evidence.read': ({ hash, offset }) => files.read(hash, offset),
    'evidence.availability': ({ hashes }) => done(Object.fromEntries(hashes.map((hash) => [hash, evidenceAvailability(db, files, hash)]))),
    'evidence.fetch': async ({ hash }) => {
      if (files.has(hash)) return done(null)
      return (await sync()?.fetch(hash)) ?? fail('hub-unreachable')
    },
    'evidence.keptFiles': ({ incidentId }) => done(keptFiles(incidentScope(incidentId))),
    'evidence.keepAll': ({ incidentId, keep }) => {
      if (context.readOnly) return fail('read-only')
      const scope = incidentScope(incidentId)
      if (keep) pin.run(scope)
      else unpin.run(scope)
      void sync()?.wakeAnew()
      context.announce(['workspace'])
      return done(keptFiles(scope))
    },
  }

  function keptFiles(scope: ScopeId): KeptFiles {
    const all = filesOf.all(scope)
    const missing = all.filter(({ hash }) => !files.has(hash))
    const bytesOf = (some: readonly { size: number }[]) => some.reduce((sum, file) => sum + file.size, 0)
    const missingBytes = bytesOf(missing)
    return {
      keep: pinned.get(scope) !== undefined,
      files: all.length,
      hereBytes: bytesOf(all) - missingBytes,
      missing: missing.length,
      missingBytes,
    }
  }
}
