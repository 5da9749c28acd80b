/**
 * Values in transit between Node and a page, as JSON: those of the structured clone algorithm that our messages contain.
 * The page's half is in page-script.ts and must match.
 */
type Tagged = { $: 'bytes'; base64: string } | { $: 'undefined' } | { $: 'number'; text: string }

export function encodeForPage(value: unknown): unknown {
  if (value === undefined) return { $: 'undefined' } satisfies Tagged
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', text: String(value) } satisfies Tagged
  if (value instanceof Uint8Array) return { $: 'bytes', base64: Buffer.from(value).toString('base64') } satisfies Tagged
  if (Array.isArray(value)) return value.map(encodeForPage)
  if (typeof value === 'object' && value !== null) return mapValues(value, encodeForPage)
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.')
  return value
}

export function decodeFromPage(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeFromPage)
  if (typeof value !== 'object' || value === null) return value
  if (!('$' in value)) return mapValues(value, decodeFromPage)
  const tagged = value as Tagged
  if (tagged.$ === 'bytes') return new Uint8Array(Buffer.from(tagged.base64, 'base64'))
  return tagged.$ === 'number' ? Number(tagged.text) : undefined
}

function mapValues(value: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]))
}
