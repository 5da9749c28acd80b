import { MASK } from '#domain/privacy/mask-shape.ts'

/** Splits a masked text at its masks. */
export function maskedParts(text: string): { at: number; text: string; masked: boolean }[] {
  const parts: { at: number; text: string; masked: boolean }[] = []
  let at = 0
  for (const found of text.matchAll(MASK)) {
    if (found.index > at) parts.push({ at, text: text.slice(at, found.index), masked: false })
    parts.push({ at: found.index, text: found[0], masked: true })
    at = found.index + found[0].length
  }
  if (at < text.length) parts.push({ at, text: text.slice(at), masked: false })
  return parts
}

/** Whether a text contains a mask. */
export function isMasked(text: string): boolean {
  return text.search(MASK) >= 0
}
