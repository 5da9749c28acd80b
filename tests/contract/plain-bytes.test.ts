import { withPlainBytes } from '#contract/plain-bytes.ts'
import { expect, test } from 'vitest'

test('Buffers become plain byte arrays wherever a message holds them, and nothing else changes', () => {
  const message = {
    t: 'call',
    id: 1,
    name: 'files.write',
    input: { offset: 0, bytes: Buffer.from([1, 2, 3]), list: [Buffer.from([4])], text: 'x', none: null },
  }
  const plain = withPlainBytes(message) as typeof message
  expect(plain.input.bytes.constructor).toBe(Uint8Array)
  expect([...plain.input.bytes]).toEqual([1, 2, 3])
  expect(plain.input.list[0]?.constructor).toBe(Uint8Array)
  expect(plain).toMatchObject({ t: 'call', id: 1, input: { offset: 0, text: 'x', none: null } })
})

test('nesting without end neither overflows the stack nor sets a prototype', () => {
  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown
  expect(withPlainBytes(deep)).toBe(deep)
  const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as Record<string, unknown>
  withPlainBytes(hostile)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})
