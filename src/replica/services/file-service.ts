import type { ApiHandlers } from '#contract/api.ts'
import { done, fail } from '#contract/failures.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'
import type { ServiceContext } from './service-context.ts'

export type FileHandlers = Pick<ApiHandlers, 'files.begin' | 'files.write' | 'files.cancel' | 'evidence.keep' | 'evidence.keepPath' | 'evidence.read'>

/** Files on their way in, and evidence on its way out. */
export function fileService(context: ServiceContext, files: EvidenceFiles): FileHandlers {
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
  }
}
