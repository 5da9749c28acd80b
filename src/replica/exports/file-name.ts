/** Characters that some system refuses in a file name, that a terminal obeys, or that turn the reading order around. */
const FORBIDDEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff<>:"/\\|?*]+/gu

/** Names that Windows keeps for devices, whatever ending follows. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/iu

/** File systems count bytes: 255 for a name, and whoever writes beside it adds to it. */
const LONGEST_BYTES = 200

/** Dots and blanks at either end are dropped by some systems and hide a file on others. */
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
 * A name that every system takes for a file.
 * @param title what the file is about, whatever stands in it
 * @param ending without its dot
 */
export function fileNameFor(title: string, ending: string): string {
  const name =
    trimmed(shorten(trimmed(title.replaceAll(FORBIDDEN, '_').replaceAll(/\p{Cs}/gu, '_')), LONGEST_BYTES - ending.length - 1)) ||
    'stormroom'
  return `${RESERVED.test(name) ? '_' : ''}${name}.${ending}`
}
