/** Limits a text to a number of UTF-16 code units without cutting a character in two. */
export function limited(text: string, limit: number): string {
  return text.slice(0, limit).replace(/[\uD800-\uDBFF]$/u, '')
}
