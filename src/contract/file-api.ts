import { z } from 'zod'
import type { Evidence } from '#domain/timeline/entry.ts'
import { procedure } from './procedure.ts'

/** Bytes per piece of a file on its way through the contract. */
export const CHUNK_BYTES = 256 * 1024
/** Largest evidence file, bytes. */
export const EVIDENCE_LIMIT = 200 * 1024 * 1024

const Bytes = z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= CHUNK_BYTES)

/**
 * Files on their way in (evidence, tables to import) and out (evidence, exports), in pieces. A file that lies on the
 * replica's own machine may be named by its path instead.
 */
export const fileApi = {
  'files.begin': procedure(z.strictObject({ name: z.string().trim().min(1).max(200), size: z.int().min(0), mime: z.string().max(100) })).returns<{ uploadId: string }>(),
  'files.write': procedure(z.strictObject({ uploadId: z.uuid(), offset: z.int().min(0), bytes: Bytes })).returns<{ received: number }>(),
  'files.cancel': procedure(z.strictObject({ uploadId: z.uuid() })).returns<null>(),
  /** A finished upload becomes evidence: hashed, deduplicated, kept. */
  'evidence.keep': procedure(z.strictObject({ uploadId: z.uuid() })).returns<Evidence & { alreadyKept: boolean }>(),
  'evidence.keepPath': procedure(z.strictObject({ path: z.string().min(1).max(4000) })).returns<Evidence & { alreadyKept: boolean }>(),
  'evidence.read': procedure(z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), offset: z.int().min(0) })).returns<{ bytes: Uint8Array; size: number }>(),
}

export const ExportFormat = z.enum(['md', 'csv', 'xlsx', 'json'])
export type ExportFormat = z.infer<typeof ExportFormat>

export const exportApi = {
  /** Writes an incident to a temporary file; read it in pieces, then forget it. Language decides the words of headings. */
  'exports.make': procedure(
    z.strictObject({ incidentId: z.uuid(), format: ExportFormat, language: z.enum(['zh-Hans', 'en']), zone: z.string().max(60) }),
  ).returns<{ exportId: string; fileName: string; size: number; mime: string }>(),
  'exports.read': procedure(z.strictObject({ exportId: z.uuid(), offset: z.int().min(0) })).returns<{ bytes: Uint8Array; size: number }>(),
  'exports.forget': procedure(z.strictObject({ exportId: z.uuid() })).returns<null>(),
}
