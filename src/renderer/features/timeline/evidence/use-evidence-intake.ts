import { useApiClient } from '#client/api-context.tsx'
import { uploadFile } from '#client/upload.ts'
import { fail, type Failure, type Result } from '#contract/failures.ts'
import { EVIDENCE_LIMIT } from '#contract/file-api.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import { useCallback, useEffect, useRef, useState } from 'react'

/** A file being uploaded, or one that failed. */
export type IncomingFile = { key: string; name: string; size: number | null; fraction: number; failure: Failure | null }

export type EvidenceIntake = {
  incoming: readonly IncomingFile[]
  /** True while a file is uploading. */
  busy: boolean
  take(files: Iterable<File>): void
  takePath(path: string): void
  /** Cancels an upload, or removes a failed one from the list. */
  dismiss(key: string): void
}

/**
 * Uploads files as evidence one after another.
 * @param onKept called with each kept file; may be called after an earlier file has failed
 */
export function useEvidenceIntake(onKept: (evidence: Evidence) => void): EvidenceIntake {
  const client = useApiClient()
  const [incoming, setIncoming] = useState<readonly IncomingFile[]>([])
  const stops = useRef(new Map<string, AbortController>())
  const queue = useRef(Promise.resolve())
  const kept = useRef(onKept)
  useEffect(() => {
    kept.current = onKept
  })

  const dismiss = useCallback((key: string) => {
    stops.current.get(key)?.abort()
    stops.current.delete(key)
    setIncoming((files) => files.filter((file) => file.key !== key))
  }, [])

  const start = useCallback(
    (
      name: string,
      size: number | null,
      keep: (onProgress: (fraction: number) => void, signal: AbortSignal) => Promise<Result<Evidence>>,
    ) => {
      const key = crypto.randomUUID()
      const stop = new AbortController()
      stops.current.set(key, stop)
      const change = (part: Partial<IncomingFile>) =>
        setIncoming((files) => files.map((file) => (file.key === key ? { ...file, ...part } : file)))
      setIncoming((files) => [...files, { key, name, size, fraction: 0, failure: null }])
      queue.current = queue.current.then(async () => {
        if (stop.signal.aborted) return
        const result = await keep((fraction) => change({ fraction }), stop.signal)
        if (stop.signal.aborted) return
        if (!result.ok) return change({ failure: result.failure })
        dismiss(key)
        const { hash, name: keptName, size: keptSize, mime } = result.value
        kept.current({ hash, name: keptName, size: keptSize, mime })
      })
    },
    [dismiss],
  )

  const take = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        start(file.name, file.size, async (onProgress, signal) => {
          if (file.size > EVIDENCE_LIMIT) return fail('file-too-large', { size: file.size, limit: EVIDENCE_LIMIT })
          const uploaded = await uploadFile(client, file, onProgress, signal)
          return uploaded.ok ? client.call('evidence.keep', uploaded.value) : uploaded
        })
      }
    },
    [client, start],
  )
  const takePath = useCallback((path: string) => start(path, null, () => client.call('evidence.keepPath', { path })), [client, start])

  return { incoming, busy: incoming.some((file) => file.failure === null), take, takePath, dismiss }
}
