import { useApiClient } from '#client/api-context.tsx'
import type { Evidence } from '#domain/timeline/entry.ts'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { evidenceView, readEvidence } from './evidence-content.ts'

/**
 * The address of a kept picture, for an `img`.
 * @param limit pictures larger than this many bytes are not read
 * @returns null while it is read, when it is too large, or when it cannot be had
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
    gcTime: 60_000,
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
