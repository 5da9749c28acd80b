import { mayHaveChanged } from '#contract/api.ts'
import type { ImportJob } from '#contract/import-api.ts'
import type { Result } from '#contract/failures.ts'
import type { Desk } from './desk.ts'

/** Milliseconds between two looks at a job that sends no notice. */
const LOOK_EVERY = 200

/** Resolves at the next notice about the job, at Ctrl-C, or after a while. */
function nextNotice(desk: Desk, jobId: string, interrupted: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer)
      stopWatching()
      interrupted.removeEventListener('abort', settle)
      resolve()
    }
    const timer = setTimeout(settle, LOOK_EVERY)
    const stopWatching = desk.watch((topics) => {
      if (mayHaveChanged(topics, 'imports.job', { jobId })) settle()
    })
    interrupted.addEventListener('abort', settle, { once: true })
  })
}

/**
 * Waits until a job leaves the phase it is in. At Ctrl-C the job is cancelled, and still waited for, so that nothing half-done
 * is left behind.
 * @param onProgress told of each look at the job
 */
export async function followJob(
  desk: Desk,
  started: ImportJob,
  interrupted: AbortSignal,
  onProgress: (job: ImportJob) => void,
): Promise<Result<ImportJob>> {
  let job = started
  let cancelled = false
  while (job.phase === 'reading' || job.phase === 'writing') {
    if (interrupted.aborted && !cancelled) {
      cancelled = true
      await desk.call('imports.cancel', { jobId: job.jobId })
    } else {
      await nextNotice(desk, job.jobId, cancelled ? new AbortController().signal : interrupted)
    }
    const looked = await desk.call('imports.job', { jobId: job.jobId })
    if (!looked.ok) return looked
    job = looked.value
    onProgress(job)
  }
  return { ok: true, value: job }
}
