import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_OP_LENGTH, parseOp } from '#domain/log/op.ts'
import { step } from '#domain/step.ts'
import { appliedPending } from '#domain/log/applied.ts'
import { seeded } from '#tests/support/seeded.ts'
import { ANN, entryText, idOf, makeOp, opText } from '#tests/support/log-texts.ts'

const VALID = entryText(idOf(9), '文字')

function changed(change: (op: Record<string, unknown>) => void): string {
  const op = JSON.parse(VALID) as Record<string, unknown>
  change(op)
  return JSON.stringify(op)
}

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)]
}

test('B7: an op is at most 64 KB', () => {
  const padding = MAX_OP_LENGTH - changed((op) => (op['body'] = { pad: '' })).length
  expect(MAX_OP_LENGTH).toBe(65_536)
  expect(parseOp(changed((op) => (op['body'] = { pad: 'x'.repeat(padding) })))).toMatchObject({ ok: true })
  expect(parseOp(changed((op) => (op['body'] = { pad: 'x'.repeat(padding + 1) })))).toMatchObject({ ok: false, reason: 'too-large' })
  expect(parseOp('['.repeat(10_000_000))).toMatchObject({ ok: false, reason: 'too-large' })
})

test('B7: an op is at most 20 levels deep, and a deeper one costs nothing', () => {
  // The op and its body are two levels.
  expect(parseOp(changed((op) => (op['body'] = { deep: nested(18) })))).toMatchObject({ ok: true })
  expect(parseOp(changed((op) => (op['body'] = { deep: nested(19) })))).toMatchObject({ ok: false, reason: 'too-deep' })
  expect(parseOp('['.repeat(30_000) + ']'.repeat(30_000)).ok).toBe(false)
})

test.for([
  ['', 'not-json'],
  ['{', 'not-json'],
  ['null', 'wrong-shape'],
  ['[]', 'wrong-shape'],
  ['"text"', 'wrong-shape'],
  [changed((op) => delete op['opId']), 'wrong-shape'],
  [changed((op) => (op['opId'] = 'not a uuid')), 'wrong-shape'],
  [changed((op) => (op['scope'] = 'everything')), 'wrong-shape'],
  [changed((op) => (op['counter'] = 0)), 'wrong-shape'],
  [changed((op) => (op['counter'] = 1.5)), 'wrong-shape'],
  [changed((op) => (op['baseSeq'] = -1)), 'wrong-shape'],
  [changed((op) => (op['hlc'] = 'FFFFFFFFFFFFFFFF')), 'wrong-shape'],
  [changed((op) => (op['body'] = [])), 'wrong-shape'],
  [changed((op) => (op['actor'] = ANN)), 'wrong-shape'],
  [changed((op) => (op['seq'] = 5)), 'wrong-shape'],
  [changed((op) => (op['after'] = Array.from({ length: 65 }, (_, index) => idOf(index)))), 'wrong-shape'],
  [changed((op) => (op['critical'] = false)), 'wrong-shape'],
] as const)('%s is no op: %s', ([text, reason]) => {
  expect(parseOp(text)).toMatchObject({ ok: false, reason })
})

test('an op cannot say who wrote it or where it stands: P10', () => {
  for (const field of ['actor', 'seq', 'hubTime', 'outcome']) expect(parseOp(changed((op) => (op[field] = 1))).ok).toBe(false)
})

test('B7: __proto__ and its like are keys as any other and reach no prototype', () => {
  const text = VALID.replace('"body":{', '"body":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},')
  const parsed = parseOp(text)
  expect({}).not.toHaveProperty('polluted')
  if (parsed.ok) {
    expect(Object.getPrototypeOf(parsed.op.body)).toBe(Object.prototype)
    expect(parsed.op.body['polluted']).toBeUndefined()
    expect(step(undefined, parsed.op, appliedPending(parsed.op, ANN))).toBeUndefined()
  }
  expect(parseOp(VALID.replace('{"opId"', '{"__proto__":{"scope":"team"},"opId"')).ok).toBe(false)
})

test.for([
  ['a NUL', '前\u0000后'],
  ['a lone surrogate', '前\ud800后'],
  ['a sign that turns the direction of writing', '前\u202e后'],
  ['ten thousand combining marks', `a${'\u0301'.repeat(7900)}`],
  ['an emoji of four people', '👨‍👩‍👧‍👦'],
] as const)('B7: %s in the text goes through and comes back as it was', ([, text]) => {
  const op = makeOp({
    type: 'entry.record',
    kind: 'entry',
    id: idOf(9),
    body: { kind: 'observation', text, happenedAt: 1_773_511_200_000 },
  })
  const parsed = parseOp(JSON.stringify(op))
  if (!parsed.ok) throw new Error(parsed.detail)
  expect(step(undefined, parsed.op, appliedPending(parsed.op, ANN))).toMatchObject({ state: { text } })
})

test('P3: no text makes the reader throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.json(),
        mutated(VALID),
        mutated(opText({ type: 'x.y', kind: 'x', id: 'y', body: {} })),
      ),
      (text) => {
        const parsed = parseOp(text)
        expect(typeof parsed.ok).toBe('boolean')
      },
    ),
    seeded(2000),
  )
})

/** The text with some of its characters changed, dropped or doubled. */
function mutated(text: string): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(text.length - 1),
    what: fc.oneof(fc.constant(''), fc.string({ unit: 'binary', minLength: 1, maxLength: 2 })),
  })
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce((now, { at, what }) => now.slice(0, at) + what + now.slice(at + 1), text))
}
