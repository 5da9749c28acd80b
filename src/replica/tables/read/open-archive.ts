import { crc32 } from 'node:zlib'
import { fromFdPromise, type Entry, type ZipFile } from 'yauzl'
import { refuse, TableRefusal, tableProblem } from '../table-problem.ts'
import type { OpenFile } from './open-file.ts'
import { MAX_ARCHIVE_ENTRIES, MAX_INFLATED_BYTES, MAX_INFLATION_RATIO, RATIO_FREE_BYTES } from './table-limits.ts'

/** A zip archive with a checked directory, valid while the file is open. Part names are compared without case, as OPC requires. */
export interface Archive {
  has(name: string): boolean
  /** Declared inflated size; reading more than that is refused. */
  sizeOf(name: string): number
  /** The content of a part, counted while it inflates. Refuses: archive-damaged, archive-too-compressed, archive-too-large. */
  read(name: string): AsyncGenerator<Buffer>
  /** The same, for a first scan of a part that is read again later: its inflated bytes count once. */
  look(name: string): AsyncGenerator<Buffer>
}

const ENCRYPTED = 0x1
const FILE_TYPE = 0o170000
const SYMBOLIC_LINK = 0o120000

/**
 * Opens a zip archive and, before anything is inflated, refuses what no spreadsheet program writes (ASVS 5.2.3, 5.3.3): too many
 * entries, sizes beyond the limits, paths outside the archive, links, duplicate names, entries that share bytes.
 * Refuses: archive-damaged, archive-suspicious, archive-too-compressed, archive-too-large, archive-too-many-entries, password-protected.
 */
export async function openArchive(file: OpenFile): Promise<Archive> {
  const zip = await orRefuse(fromFdPromise(file.handle.fd, { autoClose: false }))
  if (zip.entryCount > MAX_ARCHIVE_ENTRIES) refuse('archive-too-many-entries', { limit: MAX_ARCHIVE_ENTRIES })
  const entries = await orRefuse(listEntries(zip))
  checkDeclaredSizes([...entries.values()])
  await orRefuse(checkNothingShared(zip, [...entries.values()]))

  let inflated = 0
  const find = (name: string) => entries.get(partKey(name)) ?? refuse('archive-damaged', { part: name })

  async function* inflate(name: string, counted: boolean): AsyncGenerator<Buffer> {
    const entry = find(name)
    let bytes = 0
    let checksum = 0
    const stream = await orRefuse(zip.openReadStreamPromise(entry))
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        bytes += chunk.length
        if (counted) inflated += chunk.length
        checksum = crc32(chunk, checksum)
        if (Math.max(inflated, bytes) > MAX_INFLATED_BYTES) refuse('archive-too-large', { limit: MAX_INFLATED_BYTES })
        checkRatio(bytes, entry.compressedSize)
        yield chunk
      }
    } catch (error) {
      throw asRefusal(error)
    } finally {
      stream.destroy()
    }
    if (checksum !== entry.crc32) refuse('archive-damaged', { part: name })
  }

  return {
    has: (name) => entries.has(partKey(name)),
    sizeOf: (name) => find(name).uncompressedSize,
    read: (name) => inflate(name, true),
    look: (name) => inflate(name, false),
  }
}

function partKey(name: string): string {
  return name.replace(/^\//u, '').toLowerCase()
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) refuse('password-protected')
    if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK) refuse('archive-suspicious')
    const key = partKey(entry.fileName)
    if (entries.has(key)) refuse('archive-suspicious', { part: entry.fileName })
    entries.set(key, entry)
    // The directory may contain more entries than it declares.
    if (entries.size > MAX_ARCHIVE_ENTRIES) refuse('archive-too-many-entries', { limit: MAX_ARCHIVE_ENTRIES })
  }
  return entries
}

function checkDeclaredSizes(entries: readonly Entry[]): void {
  let total = 0
  for (const entry of entries) {
    total += entry.uncompressedSize
    checkRatio(entry.uncompressedSize, entry.compressedSize)
  }
  if (total > MAX_INFLATED_BYTES) refuse('archive-too-large', { limit: MAX_INFLATED_BYTES })
}

function checkRatio(inflated: number, compressed: number): void {
  if (inflated > RATIO_FREE_BYTES && inflated > compressed * MAX_INFLATION_RATIO) {
    refuse('archive-too-compressed', { limit: MAX_INFLATION_RATIO })
  }
}

/** Overlapping entries make a small file inflate without end, and let two readers see different contents. */
async function checkNothingShared(zip: ZipFile, entries: readonly Entry[]): Promise<void> {
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let end = 0
  for (const entry of inOrder) {
    if (entry.relativeOffsetOfLocalHeader < end) refuse('archive-suspicious', { part: entry.fileName })
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
    end = fileDataStart + entry.compressedSize
  }
}

async function orRefuse<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    throw asRefusal(error)
  }
}

/** Errors of the zip reader and of zlib have no codes; only unsafe names are distinguished from damage. */
function asRefusal(error: unknown): unknown {
  if (error instanceof TableRefusal || !(error instanceof Error)) return error
  const unsafeName = /relative path|absolute path|invalid characters in fileName/u.test(error.message)
  return new TableRefusal(tableProblem(unsafeName ? 'archive-suspicious' : 'archive-damaged'))
}
