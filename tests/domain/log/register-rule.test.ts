import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeField, type Applied, type Entity } from '#domain/log/entity.ts'
import { makeHlc } from '#domain/log/hybrid-clock.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { seeded } from '#tests/support/seeded.ts'
import { ANN, BEN, idOf, REPLICA_ONE, REPLICA_TWO } from '#tests/support/log-texts.ts'

type State = { title: string; stage: string }

const START: Entity<State> = {
  kind: 'incident',
  id: idOf(1),
  scope: TEAM_SCOPE,
  state: { title: '原', stage: 'a' },
  stamps: {},
  superseded: [],
  newer: false,
}
const THREE = idOf(0x103)

function write(seq: number | null, baseSeq: number, millis: number, replicaId: string, actor = ANN): Applied {
  return {
    opId: idOf(0x2000 + (seq ?? 0)),
    scope: TEAM_SCOPE,
    seq,
    actor,
    recordedAt: 1000 + millis,
    hlc: makeHlc(millis, 0),
    baseSeq,
    replicaId,
  }
}

test('an author who had seen the current value wins, however his clock stands', () => {
  const first = writeField(START, 'title', '甲', write(1, 0, 9000, REPLICA_ONE))
  const second = writeField(first, 'title', '乙', write(2, 1, 10, REPLICA_TWO, BEN))
  expect(second.state.title).toBe('乙')
  expect(second.superseded).toEqual([])
})

test('of concurrent writes the larger clock wins and the other is kept, with who and when', () => {
  const first = writeField(START, 'title', '甲', write(1, 0, 50, REPLICA_ONE))
  const later = writeField(first, 'title', '乙', write(2, 0, 60, REPLICA_TWO, BEN))
  expect(later.state.title).toBe('乙')
  expect(later.superseded).toEqual([{ field: 'title', value: '甲', actor: ANN, at: 1050, opId: idOf(0x2001) }])
  const earlier = writeField(first, 'title', '乙', write(2, 0, 40, REPLICA_TWO, BEN))
  expect(earlier.state.title).toBe('甲')
  expect(earlier.superseded).toEqual([{ field: 'title', value: '乙', actor: BEN, at: 1040, opId: idOf(0x2002) }])
})

test('with equal clocks the larger replica wins, in either order of arrival', () => {
  const one = write(1, 0, 50, REPLICA_ONE)
  const two = write(2, 0, 50, REPLICA_TWO, BEN)
  expect(writeField(writeField(START, 'title', '甲', one), 'title', '乙', two).state.title).toBe('乙')
  const swapped = writeField(writeField(START, 'title', '乙', { ...two, seq: 1 }), 'title', '甲', { ...one, seq: 2 })
  expect(swapped.state.title).toBe('乙')
})

test('fields are decided each for itself', () => {
  const titled = writeField(START, 'title', '甲', write(1, 0, 50, REPLICA_ONE))
  const staged = writeField(titled, 'stage', 'b', write(2, 0, 10, REPLICA_TWO))
  expect(staged.state).toEqual({ title: '甲', stage: 'b' })
  expect(staged.superseded).toEqual([])
})

test('a device always has seen its own earlier writes, even when the hub has pulled both clocks back to one moment', () => {
  // Both were written offline; the hub recorded them as 1 and 2 while the author had applied nothing.
  const first = writeField(START, 'title', '先写', { ...write(1, 0, 50, REPLICA_ONE), hlc: makeHlc(50, 9) })
  const second = writeField(first, 'title', '后写', { ...write(2, 0, 50, REPLICA_ONE), hlc: makeHlc(50, 0) })
  expect(second.state.title).toBe('后写')
  expect(second.superseded).toEqual([])
})

test('at most fifty losers are kept, the newest', () => {
  let entity = writeField(START, 'title', '赢', write(1, 0, 1_000_000, REPLICA_ONE))
  for (let seq = 2; seq < 80; seq++) entity = writeField(entity, 'title', `输 ${seq}`, write(seq, 0, seq, REPLICA_TWO, BEN))
  expect(entity.state.title).toBe('赢')
  expect(entity.superseded).toHaveLength(50)
  expect(entity.superseded.at(-1)?.value).toBe('输 79')
})

test('property: three devices that wrote without seeing each other end with the largest (clock, device), in any order at the hub', () => {
  fc.assert(
    fc.property(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)), fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (clocks, order) => {
      const replicas = [REPLICA_ONE, REPLICA_TWO, THREE]
      let entity = START
      for (const [index, who] of order.entries())
        entity = writeField(entity, 'title', `值 ${who}`, write(index + 1, 0, clocks[who] ?? 0, replicas[who] ?? ''))
      const best = [0, 1, 2].toSorted((a, b) => (clocks[b] ?? 0) - (clocks[a] ?? 0) || b - a)[0]
      expect(entity.state.title).toBe(`值 ${best}`)
      expect(entity.superseded.map((one) => one.value).toSorted()).toEqual(
        [0, 1, 2].filter((who) => who !== best).map((who) => `值 ${who}`),
      )
    }),
    seeded(200),
  )
})
