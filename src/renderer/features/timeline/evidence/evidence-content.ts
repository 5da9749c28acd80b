import type { ApiClient } from '#contract/api.ts'
import { done, type Result } from '#contract/failures.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import { isPicture } from '#ui/picture-types.ts'

/** How a file may be previewed in the app. All others can only be saved, never opened. */
export type EvidenceView = 'image' | 'text' | 'none'

const TEXT_ENDINGS = /\.(txt|log|md|csv|tsv|json|srt|vtt|eml)$/i

/** Maximum text preview, in bytes. */
export const TEXT_PREVIEW_BYTES = 64 * 1024
/** Larger pictures are not rendered in the app, because decoding them could exhaust memory. Bytes. */
export const IMAGE_PREVIEW_LIMIT = 25 * 1024 * 1024
/** Larger pictures have no thumbnail in the list. Bytes. */
export const THUMBNAIL_LIMIT = 4 * 1024 * 1024

/** How a file may be previewed, by its type and name. */
export function evidenceView(file: Pick<Evidence, 'mime' | 'name'>): EvidenceView {
  if (isPicture(file.mime)) return 'image'
  if (file.mime === 'text/html' || file.mime === 'image/svg+xml') return 'none'
  return file.mime.startsWith('text/') || TEXT_ENDINGS.test(file.name) ? 'text' : 'none'
}

/** The first piece of a file. A file that a colleague added stays at the hub until it is first read here. */
async function beginReading(client: ApiClient, hash: string) {
  const here = await client.call('evidence.read', { hash, offset: 0 })
  if (here.ok || here.failure.code !== 'evidence-missing') return here
  const fetched = await client.call('evidence.fetch', { hash })
  // With the hub unreachable, report that the file is not here: that is what the user can act on.
  return fetched.ok ? client.call('evidence.read', { hash, offset: 0 }) : here
}

/**
 * Reads an evidence file by pieces; fetches it from the hub first if it is not here.
 * @param limit stop after this many bytes, rounded up to a piece
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

/** The beginning of a text file: UTF-8 with or without a BOM, else GB18030. */
export function previewText(parts: readonly Uint8Array[]): string {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  const shown = whole.subarray(0, TEXT_PREVIEW_BYTES)
  try {
    // `stream` tolerates a character that is cut at the end of the preview.
    return new TextDecoder('utf-8', { fatal: true }).decode(shown, { stream: true })
  } catch {
    return new TextDecoder('gb18030').decode(shown)
  }
}
