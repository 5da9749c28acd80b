import { useApiClient } from '#client/api-context.tsx'
import { MINUTE } from '#domain/durations.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { evidenceView, readEvidence } from './evidence-content.ts'

/**
 * The URL of an evidence picture, for an `img`.
 * @param limit larger pictures are not read; bytes
 * @returns a null URL while it is read, if it is too large, or if it is unavailable
 */
export function useEvidencePicture(file: Evidence, limit: number): { url: string | null; failed: boolean } {
  const client = useApiClient()
  const wanted = evidenceView(file) === 'image' && file.size <= limit
  const { data: blob, isError } = useQuery({
    queryKey: ['evidence-picture', file.hash],
    queryFn: wanted
      ? async () => {
          const read = await readEvidence(client, file.hash, Number.POSITIVE_INFINITY)
          if (!read.ok) throw new Error(read.failure.code)
          return new Blob(read.value.parts, { type: file.mime })
        }
      : skipToken,
    gcTime: MINUTE,
  })
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!blob) return
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => {
      setUrl(null)
      URL.revokeObjectURL(made)
    }
  }, [blob])
  return { url, failed: isError }
}
