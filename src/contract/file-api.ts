import { z } from 'zod'
import type { Evidence } from '#domain/timeline/entry.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

/** Bytes per chunk of a file transfer over the contract. */
export const CHUNK_BYTES = 256 * 1024
/** Largest evidence file, bytes. */
export const EVIDENCE_LIMIT = 200 * 1024 * 1024

const Bytes = z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= CHUNK_BYTES)

/**
 * Where the content of an evidence file is, as far as this device knows: on this machine, at the hub, or otherwise only on
 * the device that recorded it. Sizes in bytes.
 */
export type EvidenceAvailability = {
  here: boolean
  /** How much of a missing file has been downloaded. */
  arrived: number
  /** `not-yet`: the hub did not have the whole file when asked; `unknown`: the hub was not asked yet. */
  atHub: 'whole' | 'not-yet' | 'unknown'
  size: number
  /** How much of the file the hub had when it was last asked. */
  received: number
}

/** The files of an incident: their number, and how much is on this device. */
export type KeptFiles = { keep: boolean; files: number; hereBytes: number; missing: number; missingBytes: number }

const IncidentRef = z.strictObject({ incidentId: z.uuid() })
const Hash = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * Files that are uploaded (evidence, tables to import) and downloaded (evidence, exports), in chunks. A file on the
 * replica's own machine may be given by its path instead.
 */
export const fileApi = {
  'files.begin': command(
    z.strictObject({ name: z.string().trim().min(1).max(200), size: z.int().min(0), mime: z.string().max(100) }),
  ).returns<{ uploadId: string }>(),
  'files.write': command(z.strictObject({ uploadId: z.uuid(), offset: z.int().min(0), bytes: Bytes })).returns<{ received: number }>(),
  'files.cancel': command(z.strictObject({ uploadId: z.uuid() })).returns<null>(),
  /** Turns a finished upload into evidence: hashed, deduplicated, stored. */
  'evidence.keep': command(z.strictObject({ uploadId: z.uuid() })).returns<Evidence & { alreadyKept: boolean }>(),
  'evidence.keepPath': command(z.strictObject({ path: z.string().min(1).max(4000) })).returns<Evidence & { alreadyKept: boolean }>(),
  'evidence.read': query(z.strictObject({ hash: Hash, offset: z.int().min(0) }))
    .dependsOn(() => [])
    .returns<{ bytes: Uint8Array; size: number }>(),
  'evidence.availability': query(z.strictObject({ hashes: z.array(Hash).min(1).max(200) }))
    .dependsOn(() => ['workspace'])
    .returns<Record<string, EvidenceAvailability>>(),
  /** Downloads a file from the hub; the file can be read when this returns. */
  'evidence.fetch': command(z.strictObject({ hash: Hash })).returns<null>(),
  /** Whether all files of an incident are kept on this device, and which of them are already here. */
  'evidence.keptFiles': query(IncidentRef)
    .dependsOn(({ incidentId }) => ['workspace', ...ofIncident(incidentId, 'timeline')])
    .returns<KeptFiles>(),
  /** Whether to keep all files of an incident on this device, including those of other members. */
  'evidence.keepAll': command(IncidentRef.extend({ keep: z.boolean() })).returns<KeptFiles>(),
}

export const ExportFormat = z.enum(['md', 'csv', 'xlsx', 'json'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** Parts of an incident that an export may contain besides timeline, clocks and numbers. */
export const ExportPart = z.enum(['tasks', 'people', 'risk'])
export type ExportPart = z.infer<typeof ExportPart>
export const ExportEntries = z.enum(['all', 'starred'])
export type ExportEntries = z.infer<typeof ExportEntries>

export const exportApi = {
  /** Writes an incident to a temporary file; read it in chunks, then release it. `language` is the language of headings. */
  'exports.make': command(
    z.strictObject({
      incidentId: z.uuid(),
      format: ExportFormat,
      language: z.enum(['zh-Hans', 'en']),
      zone: z.string().max(60),
      /** Default: all entries. */
      entries: ExportEntries.optional(),
      /** Default: every part. A CSV file holds only the timeline. */
      parts: z.array(ExportPart).max(3).optional(),
      /** Adds tables with the ids of entries and their lines in imported files. */
      ids: z.boolean().optional(),
    }),
  ).returns<{ exportId: string; fileName: string; size: number; mime: string }>(),
  'exports.read': query(z.strictObject({ exportId: z.uuid(), offset: z.int().min(0) }))
    .dependsOn(() => [])
    .returns<{ bytes: Uint8Array; size: number }>(),
  'exports.forget': command(z.strictObject({ exportId: z.uuid() })).returns<null>(),
}
