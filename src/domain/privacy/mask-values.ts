import { maskPersonal, mayBePersonal } from './mask-personal.ts'

/** Generated values: ids and hashes, with their scope or number. */
const MADE = /^(?:[a-z]+:)?(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?: \d+)?|[0-9a-f]{64})$/i

/**
 * A copy of a value with every text in it masked (R1); numbers, ids and hashes stay. A value without personal data is
 * returned as the same object; nothing is changed in place.
 * @param kept names of fields that stay unmasked
 */
export function maskValues<Value>(value: Value, kept: ReadonlySet<string> = new Set()): Value {
  return maskOne(value, kept) as Value
}

function maskText(text: string): string {
  return !mayBePersonal(text) || MADE.test(text) ? text : maskPersonal(text)
}

/** Copies only what changes: most answers hold no personal data, and long ones are processed many times a minute. */
function maskOne(value: unknown, kept: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return maskText(value)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    let masked: unknown[] | null = null
    for (let place = 0; place < items.length; place += 1) {
      const item = items[place]
      if (typeof item === 'number') continue
      const one = maskOne(item, kept)
      if (one !== item) (masked ??= [...items])[place] = one
    }
    return masked ?? value
  }
  const object = value as Record<string, unknown>
  let masked: Record<string, unknown> | null = null
  let renamed = false
  for (const field of Object.keys(object)) {
    if (mayBePersonal(field) && maskText(field) !== field) renamed = true
    if (kept.has(field)) continue
    const one = maskOne(object[field], kept)
    if (one !== object[field]) (masked ??= { ...object })[field] = one
  }
  const whole = masked ?? object
  return renamed ? Object.fromEntries(Object.entries(whole).map(([field, content]) => [maskText(field), content])) : whole
}
