/** Whether every database stores a text unchanged: no NUL, which PostgreSQL refuses, and no unpaired surrogate. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

const DEEPEST = 64

/** Whether every text in a value is storable, including keys. A value nested deeper than any of our messages is not. */
export function holdsStorableText(value: unknown, depth = DEEPEST): boolean {
  if (typeof value === 'string') return isStorable(value)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true
  if (depth === 0) return false
  if (Array.isArray(value)) return value.every((item) => holdsStorableText(item, depth - 1))
  return Object.entries(value).every(([key, item]) => isStorable(key) && holdsStorableText(item, depth - 1))
}

/** Error for a text that cannot be stored; the same at every input. */
export const UNSTORABLE = 'The text holds a NUL character or half of a character; take it out and send it again'
