import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LinkDown } from '#contract/hub-link.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { declare, dump, hubDump, joinAs, observe, openDevice, write } from './device.ts'

/** 安's device: while `replies` is false, its pushes arrive at the hub but the replies are lost. */
async function openTeam(farBehind: number) {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  const line = { replies: true }
  const ann = openDevice(hub, ANN, {
    clock,
    farBehind,
    change: (link) => ({
      ...link,
      push: async (ops) => {
        const reply = await link.push(ops)
        if (!line.replies) throw new LinkDown('the reply was lost')
        return reply
      },
    }),
  })
  write(ann, joinAs(ANN, '安', 'commander'), declare)
  await ann.sync.wake()
  return { clock, hub, ann, line }
}

test('P5: refusals that nobody has been told of are told, however many there are and whatever the hub has snapshots of', async () => {
  const { hub, ann, line, clock } = await openTeam(3)
  const other = openDevice(hub, ANN, { clock })
  await other.sync.wake()
  for (let n = 0; n < 8; n++) write(other, observe(n, '先到的'))
  for (let n = 0; n < 8; n++) write(ann, observe(n, '后到的'))
  await other.sync.wake()
  line.replies = false
  hub.snapshotFrom = 2
  await ann.sync.wake()
  line.replies = true
  await ann.sync.pollHub()
  await ann.sync.pollHub()
  expect(ann.store.pendingCount().count).toBe(0)
  expect(ann.db.prepare('SELECT count(*) AS told FROM attention').get()).toEqual({ told: 8 })
})

test('P4: own ops whose acknowledgement came with a snapshot are offered again to a hub that was restored', async () => {
  const { hub, ann, line } = await openTeam(3)
  const backup = hub.backUp()
  line.replies = false
  hub.snapshotFrom = 2
  for (let n = 0; n < 8; n++) write(ann, observe(n))
  await ann.sync.wake()
  line.replies = true
  await ann.sync.pollHub()
  await ann.sync.pollHub()
  expect(ann.db.prepare('SELECT scope FROM scope_base').all()).toContainEqual({ scope: INCIDENT_SCOPE })
  hub.snapshotFrom = Number.POSITIVE_INFINITY
  hub.restore(backup)
  await ann.sync.pollHub()
  await ann.sync.pollHub()
  expect(hub.records(INCIDENT_SCOPE)).toHaveLength(9)
  expect(dump(ann.db)).toEqual(hubDump(hub))
})

test('P10: half a snapshot of a scope goes when the right to the scope does, though nothing of it was taken in', async () => {
  const { hub, ann, clock } = await openTeam(3)
  for (let n = 0; n < 30; n++) write(ann, observe(n))
  await ann.sync.wake()
  hub.snapshotFrom = 2
  hub.pieceBytes = 700
  let pieces = 0
  const ben = openDevice(hub, BEN, {
    clock,
    farBehind: 3,
    change: (link) => ({
      ...link,
      readSnapshot: (offer, offset) => ((pieces += 1) > 3 ? Promise.reject(new LinkDown('cut')) : link.readSnapshot(offer, offset)),
    }),
  })
  await ben.sync.wake()
  expect(readdirSync(join(ben.folder, 'incoming'))).toHaveLength(1)
  hub.readers.set(INCIDENT_SCOPE, new Set([ANN]))
  await ben.sync.pollHub()
  expect(readdirSync(join(ben.folder, 'incoming'))).toEqual([])
})
