import { MASK } from './mask-shape.ts'
import { personalSpots } from './mask-personal.ts'

/** Every mask that a thing shows, with what it stands for. */
type Masks = Map<string, Set<string>>

function textsOf(value: unknown, found: string[] = []): string[] {
  if (typeof value === 'string') found.push(value)
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) textsOf(one, found)
  return found
}

function masksIn(texts: readonly string[]): Masks {
  const masks: Masks = new Map()
  for (const text of texts) {
    for (const { from, to, mask } of personalSpots(text)) {
      const behind = masks.get(mask) ?? new Set()
      masks.set(mask, behind.add(text.slice(from, to)))
    }
  }
  return masks
}

/**
 * What somebody wrote over a masked thing, with the original numbers put back where their masks were left standing: whoever
 * mends a word need not see the number, and no asterisk takes its place in the log.
 * @param written what was written, of any shape; it is not changed
 * @param before the thing as it stands in the log
 * @returns the same with numbers in place of masks; null when a mask stands for more than one number, or for one that is no
 *   longer there: then nobody can say which number is meant
 */
export function restoreMasked<Written>(written: Written, before: unknown): { value: Written } | null {
  const texts = textsOf(before)
  const masks = masksIn(texts)
  const literal = new Set(texts.flatMap((text) => [...text.matchAll(MASK)].map(([found]) => found)))
  let unclear = false

  // Known masks first, longest first: beside other signs they may look like others.
  const known = [...masks.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((mask) => mask.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
  const any = new RegExp([...known, MASK.source].join('|'), 'gu')
  const restore = (text: string): string =>
    text.replaceAll(any, (found) => {
      const behind = masks.get(found)
      // Asterisks that already stand in the log are somebody's own.
      unclear ||= behind ? behind.size > 1 || literal.has(found) : !literal.has(found)
      const [original = found] = behind ?? []
      return original
    })
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return restore(value)
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
    if (Array.isArray(value)) return value.map(walk)
    return Object.fromEntries(Object.entries(value).map(([field, content]) => [field, walk(content)]))
  }

  const value = walk(written) as Written
  return unclear ? null : { value }
}
