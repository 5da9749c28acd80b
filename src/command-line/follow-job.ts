import { mayHaveChanged } from '#contract/api.ts'
import type { ImportJob } from '#contract/import-api.ts'
import type { Result } from '#contract/failures.ts'
import type { WorkspaceClient } from './workspace-client.ts'

/** Polling interval for a job without notifications, milliseconds. */
const LOOK_EVERY = 200

/** Resolves at the next notification of the job, at Ctrl-C, or after the polling interval. */
function nextNotice(client: WorkspaceClient, jobId: string, interrupted: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer)
      stopWatching()
      interrupted.removeEventListener('abort', settle)
      resolve()
    }
    const timer = setTimeout(settle, LOOK_EVERY)
    const stopWatching = client.watch((topics) => {
      if (mayHaveChanged(topics, 'imports.job', { jobId })) settle()
    })
    interrupted.addEventListener('abort', settle, { once: true })
  })
}

/**
 * Waits until a job leaves its phase. At Ctrl-C the job is cancelled and still awaited, so that no partial work is left.
 * @param onProgress called with each state of the job
 */
export async function followJob(
  client: WorkspaceClient,
  started: ImportJob,
  interrupted: AbortSignal,
  onProgress: (job: ImportJob) => void,
): Promise<Result<ImportJob>> {
  let job = started
  let cancelled = false
  while (job.phase === 'reading' || job.phase === 'writing') {
    if (interrupted.aborted && !cancelled) {
      cancelled = true
      await client.call('imports.cancel', { jobId: job.jobId })
    } else {
      await nextNotice(client, job.jobId, cancelled ? new AbortController().signal : interrupted)
    }
    const looked = await client.call('imports.job', { jobId: job.jobId })
    if (!looked.ok) return looked
    job = looked.value
    onProgress(job)
  }
  return { ok: true, value: job }
}
