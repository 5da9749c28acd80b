import { isAscii, isUtf8 } from 'node:buffer'
import { refuse } from '../table-problem.ts'
import { readChunks, type OpenFile } from './open-file.ts'
import type { TableEncoding } from './table-shape.ts'

/** Non-ASCII bytes of valid UTF-8 after which no other encoding is possible. */
const CONVINCING_BYTES = 64 * 1024

/** In another encoding, three-byte UTF-8 characters occur only by chance; a damaged UTF-8 file has this many per fault. */
const WIDE_PER_FAULT = 10

/** Maximum share of non-ASCII characters that may be invalid in GB18030. */
const TOLERATED_FAULTS = 0.01

/** The encoding of a byte order mark, or null. */
export function encodingOfMark(head: Uint8Array): TableEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return null
}

/**
 * Tells UTF-8, UTF-16 with a mark and GB18030 (hence GBK and GB2312) apart. Reads on while the file is plain ASCII, because the
 * first Chinese word may come late. Refuses: unknown-encoding.
 */
export async function detectEncoding(file: OpenFile): Promise<TableEncoding> {
  let carry: Buffer = Buffer.alloc(0)
  let convincing = 0
  let first = true
  for await (const chunk of readChunks(file)) {
    if (first) {
      const marked = encodingOfMark(chunk)
      if (marked !== null) return marked
      first = false
    }
    if (carry.length === 0 && isAscii(chunk)) continue
    const bytes = Buffer.concat([carry, chunk])
    const whole = lengthOfWholeCharacters(bytes)
    if (!isUtf8(bytes.subarray(0, whole))) return weigh(bytes)
    carry = bytes.subarray(whole)
    convincing += countBeyondAscii(chunk)
    if (convincing >= CONVINCING_BYTES) return 'utf-8'
  }
  return carry.length === 0 ? 'utf-8' : weigh(carry)
}

/** Decides for text that is not valid UTF-8: damaged UTF-8, GB18030, or neither. */
function weigh(bytes: Uint8Array): TableEncoding {
  let wide = 0
  let faults = 0
  for (const character of new TextDecoder('utf-8').decode(bytes)) {
    if (character === '\uFFFD') faults += 1
    else if (character > '\u07FF') wide += 1
  }
  if (wide >= WIDE_PER_FAULT * faults) return 'utf-8'

  let beyondAscii = 0
  let impossible = 0
  for (const character of new TextDecoder('gb18030').decode(bytes)) {
    if (character === '\uFFFD') impossible += 1
    else if (character > '\u007F') beyondAscii += 1
  }
  // The first and the last character of a chunk may be cut.
  if (impossible <= 2 + beyondAscii * TOLERATED_FAULTS && beyondAscii > impossible) return 'gb18030'
  return refuse('unknown-encoding')
}

/** Length of `bytes` without a UTF-8 character that the end cuts. */
function lengthOfWholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return needed > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

function countBeyondAscii(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte >= 0x80) count += 1
  return count
}
