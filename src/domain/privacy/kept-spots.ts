/** Maximum number of characters of cached texts, in each of two halves. */
const MOST_SIGNS = 1_000_000

/**
 * Caches what was found in texts, so that a text that is shown repeatedly is scanned once. Keeps the most recently requested
 * texts, up to a bounded size.
 */
export function keepSpots<Spots>(find: (text: string) => Spots): (text: string) => Spots {
  let young = new Map<string, Spots>()
  let old = new Map<string, Spots>()
  let signs = 0
  return (text) => {
    const known = young.get(text)
    if (known !== undefined) return known
    const spots = old.get(text) ?? find(text)
    if (text.length > MOST_SIGNS / 4) return spots
    signs += text.length + 50
    if (signs > MOST_SIGNS) {
      old = young
      young = new Map()
      signs = text.length + 50
    }
    young.set(text, spots)
    return spots
  }
}
