import { expect, test } from 'vitest'
import { chainText, findChainFault, type LogRecord } from '#domain/log/record.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, chain, entryText, idOf, INCIDENT_SCOPE, sha256 } from '#tests/support/log-texts.ts'

const RECORDS = chain(
  INCIDENT_SCOPE,
  Array.from({ length: 200 }, (_, index) => entryText(idOf(100 + index), `记录 ${index}`)),
)
const SMALL = RECORDS.slice(0, 12)

function faultOf(records: readonly LogRecord[]) {
  return findChainFault(records, sha256, INCIDENT_SCOPE)
}

/** The fault when one record is replaced, checked from the record before it: earlier records cannot have changed. */
function faultWith(index: number, record: LogRecord) {
  const before = RECORDS[index - 1]
  return findChainFault(
    [record, ...RECORDS.slice(index + 1, index + 2)],
    sha256,
    INCIDENT_SCOPE,
    before ? { seq: before.seq, hash: before.hash } : undefined,
  )
}

test('P11: a whole log is sound, from its start and from any record on', () => {
  expect(faultOf(RECORDS)).toBeNull()
  for (const [index, record] of RECORDS.entries()) {
    expect(findChainFault(RECORDS.slice(index + 1), sha256, INCIDENT_SCOPE, { seq: record.seq, hash: record.hash })).toBeNull()
  }
})

test('P11, T1: each byte of each of 200 records, changed, is found', () => {
  let tried = 0
  const missed: string[] = []
  for (const [index, record] of RECORDS.entries()) {
    const bytes = Buffer.from(record.bytes)
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (bytes[at] ?? 0) ^ (1 << (at % 7))
      tried += 1
      if (faultWith(index, { ...record, bytes: changed.toString() })?.kind !== 'hash') missed.push(`${index}:${at}`)
    }
  }
  expect(tried).toBeGreaterThan(60_000)
  expect(missed).toEqual([])
})

test('P11: each single bit of a small log, in every field, is found', () => {
  const missed: string[] = []
  for (const [index, record] of SMALL.entries()) {
    for (const field of ['bytes', 'hash', 'actor', 'scope'] as const) {
      const bytes = Buffer.from(record[field])
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes)
        const at = Math.floor(bit / 8)
        changed[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8))
        if (!faultWith(index, { ...record, [field]: changed.toString() } as LogRecord)) missed.push(`${index}.${field}:${bit}`)
      }
    }
    for (let bit = 0; bit < 41; bit++) {
      const flip = (value: number) => Number(BigInt(value) ^ (1n << BigInt(bit)))
      if (!faultWith(index, { ...record, hubTime: flip(record.hubTime) })) missed.push(`${index}.hubTime:${bit}`)
      if (!faultWith(index, { ...record, seq: flip(record.seq) })) missed.push(`${index}.seq:${bit}`)
    }
    const rejected: LogRecord = { ...record, outcome: { kind: 'rejected', code: 'not-found', params: {} } }
    if (!faultWith(index, rejected)) missed.push(`${index}.outcome`)
    if (!faultWith(index, { ...record, actor: BEN as LogRecord['actor'] })) missed.push(`${index}.actor`)
  }
  expect(missed).toEqual([])
})

test('P11: each dropped, doubled, moved or inserted record is found, but for a cut tail, which only the known head shows', () => {
  for (const [index, record] of SMALL.entries()) {
    const without = SMALL.toSpliced(index, 1)
    if (index < SMALL.length - 1) expect(faultOf(without)).toEqual({ seq: index + 1, kind: 'gap' })
    else expect(faultOf(without)).toBeNull()
    expect(faultOf(SMALL.toSpliced(index, 0, record))?.kind).toBe('gap')
    for (let other = index + 1; other < SMALL.length; other++) {
      const swapped = SMALL.with(index, SMALL[other] ?? record).with(other, record)
      expect(faultOf(swapped)).not.toBeNull()
      // When the numbers are corrected as well, the hashes show it.
      expect(faultOf(swapped.map((one, at) => ({ ...one, seq: at + 1 })))?.kind).toBe('hash')
    }
  }
})

test('P11: a log of another scope, or one rewritten from some record on, is not taken for this one', () => {
  expect(findChainFault(SMALL, sha256, 'team')).toEqual({ seq: 1, kind: 'scope' })
  const other = chain(
    INCIDENT_SCOPE,
    SMALL.map((record) => record.bytes),
    BEN,
    { kind: 'accepted' },
    TWO_AT_NIGHT,
  )
  expect(findChainFault([...SMALL.slice(0, 5), ...other.slice(5)], sha256, INCIDENT_SCOPE)).toEqual({ seq: 6, kind: 'hash' })
})

test('the text under the hash is unambiguous: what moves from one field into the next is seen', () => {
  const [record] = SMALL
  if (!record) throw new Error('no record')
  const moved = { ...record, scope: `${record.scope}",${record.seq}` as LogRecord['scope'] }
  expect(chainText('a', moved)).not.toBe(chainText('a', record))
  expect(chainText('a', { ...record, actor: ANN as LogRecord['actor'] })).toBe(chainText('a', record))
})
