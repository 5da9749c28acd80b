import type { ApiClient } from '#contract/api.ts'
import { done, type Result } from '#contract/failures.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import { isPicture } from '#ui/picture-types.ts'

/** How a file may be looked at inside the app. Everything else is only saved, never opened. */
export type EvidenceView = 'image' | 'text' | 'none'

const TEXT_ENDINGS = /\.(txt|log|md|csv|tsv|json|srt|vtt|eml)$/i

/** Bytes of text that are shown. */
export const TEXT_PREVIEW_BYTES = 64 * 1024
/** Pictures above this are not drawn in the app: decoding them could exhaust its memory. Bytes. */
export const IMAGE_PREVIEW_LIMIT = 25 * 1024 * 1024
/** Pictures above this get no thumbnail in the list. Bytes. */
export const THUMBNAIL_LIMIT = 4 * 1024 * 1024

/** How this file may be looked at, by its type and its name. */
export function evidenceView(file: Pick<Evidence, 'mime' | 'name'>): EvidenceView {
  if (isPicture(file.mime)) return 'image'
  if (file.mime === 'text/html' || file.mime === 'image/svg+xml') return 'none'
  return file.mime.startsWith('text/') || TEXT_ENDINGS.test(file.name) ? 'text' : 'none'
}

/** The first piece of a file; one that a colleague added lies at the hub until somebody here wants to see it. */
async function beginReading(client: ApiClient, hash: string) {
  const here = await client.call('evidence.read', { hash, offset: 0 })
  if (here.ok || here.failure.code !== 'evidence-missing') return here
  const fetched = await client.call('evidence.fetch', { hash })
  // Out of reach, it is still true that it is not here, and that is what one can do something about.
  return fetched.ok ? client.call('evidence.read', { hash, offset: 0 }) : here
}

/**
 * Reads a kept file, piece by piece; one that is not here is fetched from the team's hub first.
 * @param limit read no more than this many bytes, and some to the end of the piece
 */
export async function readEvidence(
  client: ApiClient,
  hash: string,
  limit: number,
  onProgress?: (fraction: number) => void,
): Promise<Result<{ parts: Uint8Array<ArrayBuffer>[]; size: number }>> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  for (;;) {
    const piece = offset === 0 ? await beginReading(client, hash) : await client.call('evidence.read', { hash, offset })
    if (!piece.ok) return piece
    const { bytes, size } = piece.value
    parts.push(new Uint8Array(bytes))
    offset += bytes.byteLength
    onProgress?.(size === 0 ? 1 : offset / size)
    if (bytes.byteLength === 0 || offset >= size || offset >= limit) return done({ parts, size })
  }
}

/** The beginning of a text file as text; UTF-8 with or without a mark, else GB18030. */
export function previewText(parts: readonly Uint8Array[]): string {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  const shown = whole.subarray(0, TEXT_PREVIEW_BYTES)
  try {
    // A character cut at the end of the preview is not a fault of the file: `stream` keeps it back.
    return new TextDecoder('utf-8', { fatal: true }).decode(shown, { stream: true })
  } catch {
    return new TextDecoder('gb18030').decode(shown)
  }
}
