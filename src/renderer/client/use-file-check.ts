import type { Failure, Result } from '#contract/failures.ts'
import { useRef, useState } from 'react'
import { useApiClient } from './api-context.tsx'
import { uploadFile } from './upload.ts'

type Options<Check, How> = {
  /** Checks an uploaded file; nothing is written. */
  read: (uploadId: string, how: How) => Promise<Result<Check>>
  onChecked: (check: Check, how: How) => void
}

export type FileCheck<Check, How> = {
  /** What importing would do; null before a file was read. */
  check: Check | null
  failure: Failure | null
  /** Whether a chosen file is being read. */
  reading: boolean
  /** Whether `check` is of an earlier reading: its answer is still awaited. */
  checking: boolean
  take: (file: File, how: How) => Promise<void>
  /** Checks the same file in another way; the latest counts. */
  checkAgain: (how: How) => Promise<void>
  startOver: () => void
  fail: (failure: Failure) => void
}

/** The first steps of an import: upload a file, and check it, again in another way as often as wanted. */
export function useFileCheck<Check extends { sourceId: string }, How>({ read, onChecked }: Options<Check, How>): FileCheck<Check, How> {
  const client = useApiClient()
  const [check, setCheck] = useState<Check | null>(null)
  const [reading, setReading] = useState(false)
  const [checking, setChecking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const asked = useRef(0)

  const readAs = async (uploadId: string, how: How) => {
    asked.current += 1
    const turn = asked.current
    const checked = await read(uploadId, how)
    // Another check is awaited, or another file was asked for.
    if (asked.current !== turn) return
    setChecking(false)
    setCheck(checked.ok ? checked.value : null)
    setFailure(checked.ok ? null : checked.failure)
    if (checked.ok) onChecked(checked.value, how)
  }
  return {
    check,
    failure,
    reading,
    checking,
    take: async (file, how) => {
      setReading(true)
      setFailure(null)
      const uploaded = await uploadFile(client, file)
      if (uploaded.ok) await readAs(uploaded.value.uploadId, how)
      else setFailure(uploaded.failure)
      setReading(false)
    },
    checkAgain: async (how) => {
      if (!check) return
      setChecking(true)
      await readAs(check.sourceId, how)
    },
    startOver: () => {
      asked.current += 1
      setChecking(false)
      setCheck(null)
      setFailure(null)
    },
    fail: setFailure,
  }
}
