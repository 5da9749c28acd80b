import { Worker } from 'node:worker_threads'
import { z } from 'zod'

/** `busy`: the file is in use; `unreadable`: the file is no replica that this version can open. */
export type Scrubbed = 'clean' | 'busy' | 'unreadable'

const Scrubbed = z.enum(['clean', 'busy', 'unreadable'])

export type ScrubThread = {
  /**
   * Removes purged content from a replica's file; one file at a time.
   * @param forget null for the file in use, whose content was purged before; for a copy, the scopes to purge from it first
   */
  scrub(file: string, forget: readonly string[] | null): Promise<Scrubbed>
  end(): Promise<void>
}

/** Opens a worker thread that rewrites files of replicas. */
export function openScrubThread(worker: URL): ScrubThread {
  const thread = new Worker(worker)
  let settle: ((result: Scrubbed) => void) | null = null
  let broken = false
  const tell = (result: Scrubbed) => {
    settle?.(result)
    settle = null
  }
  const fail = () => {
    broken = true
    tell('busy')
  }
  thread.on('message', (message) => tell(Scrubbed.catch('busy').parse(message)))
  thread.on('error', fail)
  thread.on('exit', fail)
  return {
    scrub: (file, forget) =>
      new Promise((resolve) => {
        settle = resolve
        if (broken) tell('busy')
        else thread.postMessage({ file, forget })
      }),
    async end() {
      await thread.terminate()
    },
  }
}

/** The same for one file. */
export async function scrubApart(worker: URL, file: string, forget: readonly string[] | null): Promise<Scrubbed> {
  const thread = openScrubThread(worker)
  try {
    return await thread.scrub(file, forget)
  } finally {
    await thread.end()
  }
}
