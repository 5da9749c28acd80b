/** A text that every database keeps as it is: no NUL, which PostgreSQL refuses, and no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

const DEEPEST = 64

/** Whether every text in a value is storable, keys included. What is nested deeper than anything of ours is not. */
export function holdsStorableText(value: unknown, depth = DEEPEST): boolean {
  if (typeof value === 'string') return isStorable(value)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true
  if (depth === 0) return false
  if (Array.isArray(value)) return value.every((item) => holdsStorableText(item, depth - 1))
  return Object.entries(value).every(([key, item]) => isStorable(key) && holdsStorableText(item, depth - 1))
}

/** Said to whoever sent a text that cannot be kept; the same for every entrance. */
export const UNSTORABLE = 'The text holds a NUL character or half of a character; take it out and send it again'
