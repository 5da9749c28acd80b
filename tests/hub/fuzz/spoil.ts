import { ANN, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'

/** A random number in [0, 1). */
export type Dice = () => number

/** Ids that our code never generates. */
export const ODD_IDS = [
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '7B9E3F55-2C1D-4E5F-8A9B-0C1D2E3F4A5B',
  '7b9e3f55-2c1d-1e5f-8a9b-0c1d2e3f4a5b',
  '7b9e3f55-2c1d-4e5f-0a9b-0c1d2e3f4a5b',
  '{7b9e3f55-2c1d-4e5f-8a9b-0c1d2e3f4a5b}',
  ' 7b9e3f55-2c1d-4e5f-8a9b-0c1d2e3f4a5b',
  'x',
  'x'.repeat(80),
]

export const STRANGE: readonly unknown[] = [
  ...ODD_IDS,
  null,
  true,
  -1,
  0,
  1e308,
  Number.NaN,
  2 ** 53,
  '',
  'team',
  `private:${ANN}`,
  INCIDENT_SCOPE,
  '\0',
  '\uD800',
  '../..',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  [],
  {},
  [[]],
  { toString: 1 },
  new Uint8Array(3),
  ['a'],
  'f'.repeat(64),
]

export const pick = <T>(dice: Dice, list: readonly T[]): T => list[Math.floor(dice() * list.length)] as T

/** The same message with something invalid in it. */
export function spoil(dice: Dice, value: unknown): unknown {
  if (dice() < 0.15 || typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    if (typeof value !== 'string' || dice() < 0.4) return pick(dice, STRANGE)
    const at = Math.floor(dice() * value.length)
    return value.slice(0, at) + pick(dice, ['', '"', '{', '\\', '\u0000', '9', 'ä', value]) + value.slice(at + Math.floor(dice() * 3))
  }
  if (Array.isArray(value))
    return value.length === 0 || dice() < 0.2
      ? [...(value as unknown[]), pick(dice, STRANGE)]
      : (value as unknown[]).with(Math.floor(dice() * value.length), spoil(dice, value[0]))
  const keys = Object.keys(value)
  const key = pick(dice, [...keys, 'more'])
  const { [key]: old, ...rest } = value as Record<string, unknown>
  return dice() < 0.2 ? rest : { ...rest, [key]: spoil(dice, old) }
}

export type Schema = {
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  format?: string
  minimum?: number
  exclusiveMinimum?: number
  minLength?: number
}

/** A value that roughly fits a JSON schema. */
export function sample(schema: Schema): unknown {
  const either = schema.anyOf ?? schema.oneOf
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (either) return sample(either[0] ?? {})
  if (schema.type === 'object')
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, sample(inner)]))
  if (schema.type === 'array') return [sample(schema.items ?? {})]
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1)
  if (schema.type === 'boolean') return true
  return schema.format === 'uuid' ? ANN : '某事'.padEnd(schema.minLength ?? 0, '某')
}
