import { z } from 'zod'
import { isUuid } from './ids.ts'

type Schema = {
  format?: string
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

function findOdd(schema: Schema, value: unknown, at: string): string | null {
  if (typeof value === 'string') {
    if (schema.format === 'uuid' && !isUuid(value)) return at
  } else if (Array.isArray(value)) {
    const { items } = schema
    if (typeof items === 'object')
      for (const [index, one] of value.entries()) {
        const odd = findOdd(items, one, `${at}.${index}`)
        if (odd !== null) return odd
      }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      const own = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : schema.additionalProperties
      const odd = typeof own === 'object' ? findOdd(own, inner, `${at}.${name}`) : null
      if (odd !== null) return odd
    }
  }
  for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) {
    const odd = findOdd(one, value, at)
    if (odd !== null) return odd
  }
  return null
}

/**
 * Body schemas accept every id that was ever accepted, so that old logs still fold; ops that are judged now are checked for
 * ids that our code never generates. The body's schema defines which of its texts are ids.
 * @returns a function that finds the path of such an id in a body that fits its schema, or null
 */
export function oddIdFinder(body: z.ZodType): (value: unknown) => string | null {
  let schema: Schema | null = null
  return (value) => {
    schema ??= z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Schema
    return findOdd(schema, value, 'body')
  }
}
