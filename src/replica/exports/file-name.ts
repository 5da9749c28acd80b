/** Characters that some system refuses in a file name, that a terminal interprets, or that reverse the text direction. */
const FORBIDDEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff<>:"/\\|?*]+/gu

/** Names that Windows reserves for devices, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/iu

/** File systems allow 255 bytes for a name; programs that write beside it append to it. */
const LONGEST_BYTES = 200

/** Some systems drop dots and blanks at either end, others hide such files. */
const trimmed = (text: string) => text.replaceAll(/^[\s.]+|[\s.]+$/gu, '')

/** As many whole characters of a text as fit into so many bytes of UTF-8. */
function shorten(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let kept = ''
  let left = bytes
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    left -= Buffer.byteLength(segment)
    if (left < 0) break
    kept += segment
  }
  return kept
}

/**
 * A file name that every system accepts.
 * @param title what the file is about; any text
 * @param ending without its dot
 */
export function fileNameFor(title: string, ending: string): string {
  const name =
    trimmed(shorten(trimmed(title.replaceAll(FORBIDDEN, '_').replaceAll(/\p{Cs}/gu, '_')), LONGEST_BYTES - ending.length - 1)) ||
    'stormroom'
  return `${RESERVED.test(name) ? '_' : ''}${name}.${ending}`
}
