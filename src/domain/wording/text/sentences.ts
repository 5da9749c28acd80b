import type { TextRange } from './text-range.ts'

const ENDS = new Set('。！？!?；;…\n')
const CLOSING = new Set('”’"\'」』）)】》。！？!?…')
const BLANK = /\s/u
/** Abbreviations after which a full stop does not end a sentence. */
const SHORT_FORM = /(?:^|[\s(])(?:e\.g|i\.e|mr|mrs|ms|dr|no|vs|approx|[ap]\.m|inc|ltd|co)$/iu

/** Whether the full stop at `at` ends a sentence: not in 3.5 or example.com, nor after an abbreviation. */
function isFullStop(text: string, at: number): boolean {
  const next = text[at + 1] ?? ' '
  if (!BLANK.test(next) && !CLOSING.has(next)) return false
  return !SHORT_FORM.test(text.slice(Math.max(0, at - 8), at))
}

/**
 * The sentences of a text in either language, with their end marks, without blanks around them. A line end also ends a
 * sentence, as does a semicolon. Total.
 */
export function sentencesOf(text: string): TextRange[] {
  const sentences: TextRange[] = []
  let start = -1
  let end = 0
  const close = () => {
    if (start >= 0) sentences.push({ start, end })
    start = -1
  }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (sign === '\n') {
      close()
      continue
    }
    if (BLANK.test(sign)) continue
    if (start < 0) start = at
    end = at + 1
    if (!ENDS.has(sign) && !(sign === '.' && isFullStop(text, at))) continue
    while (end < text.length && CLOSING.has(text[end] ?? '')) end += 1
    at = end - 1
    close()
  }
  close()
  return sentences
}
