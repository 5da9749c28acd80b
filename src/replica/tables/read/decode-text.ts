import { readChunks, type OpenFile } from './open-file.ts'
import type { TableEncoding } from './table-shape.ts'

/** A file as text, with what only the decoder can know. */
export interface DecodedText extends AsyncIterable<string> {
  /** Bytes decoded so far. */
  bytesRead(): number
  /** Whether invalid bytes were found; each became U+FFFD. */
  damaged(): boolean
}

/** Decodes a file chunk by chunk; characters cut by a chunk border stay whole, a byte order mark is dropped. */
export function decodeText(file: OpenFile, encoding: TableEncoding): DecodedText {
  let bytesRead = 0
  let damaged = false

  async function* decode(): AsyncGenerator<string> {
    const decoder = new TextDecoder(encoding)
    let before: Buffer = Buffer.alloc(0)
    for await (const chunk of readChunks(file)) {
      bytesRead += chunk.length
      const text = decoder.decode(chunk, { stream: true })
      if (!damaged && text.includes('\uFFFD')) {
        damaged = encoding !== 'utf-8' || countInText(text) > countInBytes(Buffer.concat([before, chunk]))
      }
      before = Buffer.from(chunk.subarray(-2))
      if (text !== '') yield text
    }
    const rest = decoder.decode()
    if (rest !== '') {
      damaged = true
      yield rest
    }
  }

  return {
    [Symbol.asyncIterator]: decode,
    bytesRead: () => bytesRead,
    damaged: () => damaged,
  }
}

const REPLACEMENT = Buffer.from('\uFFFD')

function countInText(text: string): number {
  return text.split('\uFFFD').length - 1
}

/**
 * Counts the replacement characters that the file itself contains: text collected from the web has many, and they do not make a
 * row damaged. Only for UTF-8; other encodings are not worth the effort.
 */
function countInBytes(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(REPLACEMENT); at !== -1; at = bytes.indexOf(REPLACEMENT, at + REPLACEMENT.length)) count += 1
  return count
}
