import { useApiClient } from '#client/api-context.tsx'
import type { ApiClient } from '#contract/api.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import { isPicture } from '#ui/picture-types.ts'
import { useEffect, useState } from 'react'

/** Larger pictures are listed but not printed. Bytes. */
const LARGEST = 8 * 1024 * 1024

async function readHere(client: ApiClient, hash: string): Promise<BlobPart[] | null> {
  const availability = await client.call('evidence.availability', { hashes: [hash] })
  // Printing fetches no files from the hub: only files on this device are printed.
  if (!availability.ok || !availability.value[hash]?.here) return null
  const parts: BlobPart[] = []
  for (let offset = 0; ;) {
    const piece = await client.call('evidence.read', { hash, offset })
    if (!piece.ok) return null
    const { bytes, size } = piece.value
    parts.push(new Uint8Array(bytes))
    offset += bytes.byteLength
    if (bytes.byteLength === 0 || offset >= size) return parts
  }
}

/** The URL of an evidence picture on this device, for an `img`; null otherwise. */
export function useHerePicture({ hash, mime, size }: Evidence): string | null {
  const client = useApiClient()
  const wanted = isPicture(mime) && size <= LARGEST
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!wanted) return undefined
    let stopped = false
    let made: string | null = null
    void readHere(client, hash).then((parts) => {
      if (stopped || !parts) return
      made = URL.createObjectURL(new Blob(parts, { type: mime }))
      setUrl(made)
    })
    return () => {
      stopped = true
      setUrl(null)
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [client, hash, mime, wanted])
  return url
}
