import { MASK } from './mask-shape.ts'
import { personalSpots } from './mask-personal.ts'

/** Every mask of an entity's texts, with its originals. */
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
 * Replaces masks in an edited text by the original numbers: an editor need not see the number, and no asterisks replace it
 * in the log.
 * @param written the edit, of any shape; it is not changed
 * @param before the entity as stored in the log
 * @returns the edit with numbers in place of masks; null when a mask is ambiguous because it stands for several numbers, or
 *   for one that no longer exists
 */
export function restoreMasked<Written>(written: Written, before: unknown): { value: Written } | null {
  const texts = textsOf(before)
  const masks = masksIn(texts)
  const literal = new Set(texts.flatMap((text) => [...text.matchAll(MASK)].map(([found]) => found)))
  let unclear = false

  // Known masks first, longest first, because next to other characters they may match other masks.
  const known = [...masks.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((mask) => mask.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
  const any = new RegExp([...known, MASK.source].join('|'), 'gu')
  const restore = (text: string): string =>
    text.replaceAll(any, (found) => {
      const behind = masks.get(found)
      // Asterisks that are stored in the log were typed by a user.
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
