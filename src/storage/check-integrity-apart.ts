import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { IntegrityReport } from './integrity.ts'

const Report = z.object({ ok: z.boolean(), detail: z.string().nullable() })

/**
 * {@link checkIntegrity} in a worker thread, so that a large file does not block the screens. Never rejects: an error that
 * prevents the check is reported as its detail.
 */
export function checkIntegrityApart(worker: URL, file: string, thorough: boolean): Promise<IntegrityReport> {
  return new Promise((resolve) => {
    const thread = new Worker(worker, { argv: [file, thorough ? 'thorough' : 'quick'] })
    let report: IntegrityReport = { ok: false, detail: 'the check ended without a result' }
    thread.on('message', (message) => {
      const parsed = Report.safeParse(message)
      if (parsed.success) report = parsed.data
    })
    thread.on('error', (error) => {
      report = { ok: false, detail: error instanceof Error ? error.message : String(error) }
    })
    thread.on('exit', () => resolve(report))
  })
}
