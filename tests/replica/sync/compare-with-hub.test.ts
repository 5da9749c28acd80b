import { expect, test } from 'vitest'
import type { HubLink } from '#contract/hub-link.ts'
import { compareWithHub } from '#replica/sync/compare-with-hub.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { declare, joinAs, observe, openDevice, write } from './device.ts'

test('T2: a record that arrives while the hub answers is no record that the hub has lost', async () => {
  const clock = createFakeClock()
  const hub = createModelHub(() => {
    clock.advance(1)
    return clock.now()
  })
  const ann = openDevice(hub, ANN, { clock })
  const ben = openDevice(hub, BEN, { clock })
  const settle = async () => {
    for (let turn = 0; turn < 4; turn++) for (const device of [ann, ben]) await device.sync.pollHub()
  }
  write(ann, joinAs(ANN, '安', 'commander'), declare)
  write(ben, joinAs(BEN, '本'))
  await settle()

  let late = 0
  const link = hub.connect(BEN)
  const slow: HubLink = {
    ...link,
    async pull(scope, afterSeq, limit) {
      const answer = await link.pull(scope, afterSeq, limit)
      if (scope !== INCIDENT_SCOPE || late > 0) return answer
      late += 1
      write(ann, observe(9, '这时又写了一条'))
      await settle()
      return answer
    },
  }
  const seq = () => ben.db.prepare<[string], { seq: number }>('SELECT seq FROM cursor WHERE scope = ?').get(INCIDENT_SCOPE)?.seq ?? 0
  const before = seq()
  const compared = await compareWithHub(ben.db, ben.store.meta, slow)
  expect([late, seq()]).toEqual([1, before + 1])
  expect(compared.disagreements).toEqual([])

  // What it had before the hub was asked, and the hub does not show, is lost there.
  const forgetful: HubLink = {
    ...link,
    async pull(scope, afterSeq, limit) {
      const { records } = await link.pull(scope, afterSeq, limit)
      return { records: scope === INCIDENT_SCOPE ? records.slice(0, -1) : records, more: false }
    },
  }
  const lost = await compareWithHub(ben.db, ben.store.meta, forgetful)
  expect(lost.disagreements).toEqual([{ scope: INCIDENT_SCOPE, seq: seq() }])
})
