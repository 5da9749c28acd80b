import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seenEntity, type EntityRow } from '#replica/store/entity-table.ts'
import { anyAct, draftsOf, noteMade, type World } from '#tests/simulation/acts.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN } from '#tests/support/log-texts.ts'
import { seeded } from '#tests/support/seeded.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { joinAs, openDevice, write, type Device } from './device.ts'

const TIMES = new Set(['recordedAt', 'joinedAt', 'startedAt', 'endedAt', 'createdAt', 'declaredAt', 'dueAt', 'at', 'stamps'])

/** What the user sees of all entities, without the hub's values: its times and numbers. */
function shown({ db }: Device): string[] {
  const rows = db.prepare<[], EntityRow>('SELECT * FROM entity ORDER BY kind, id').all()
  return rows.map((row) => JSON.stringify(seenEntity(row), (key, value: unknown) => (TIMES.has(key) ? undefined : value)))
}

test('P8: while nobody else writes, what is shown before the sync is what stands after it', async () => {
  const root = makeTempFolder('optimistic', 'quick')
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyAct, { minLength: 10, maxLength: 60, size: 'max' }),
      fc.array(fc.constantFrom(0, 1, 1000, 61_000), { minLength: 5, maxLength: 5 }),
      async (acts, pauses) => {
        const folder = join(root, 'run')
        mkdirSync(folder)
        const clock = createFakeClock()
        const { link, close } = await openTeamHub(folder, clock.now)
        const alone = openDevice({ connect: (member) => link(member) }, ANN, { clock, folder, seed: 1 })
        write(alone, joinAs(ANN, '安', 'commander'))
        const world: World = { members: [ANN], incidents: [], entries: [], imports: [], series: [] }
        for (const [index, act] of acts.entries()) {
          clock.advance(pauses[index % pauses.length] ?? 0)
          const drafts = draftsOf(world, act, { now: Math.max(clock.now(), TWO_AT_NIGHT), uuid: alone.edge.uuid, seen: alone.store.read })
          if (drafts.length > 0 && alone.store.commit(drafts).ok) noteMade(world, drafts)
          // Part of it is already at the hub when the rest is written.
          if (index === Math.floor(acts.length / 2)) await alone.sync.wake()
        }
        const before = shown(alone)
        await alone.sync.wake()
        expect(alone.store.pendingCount().count).toBe(0)
        expect(shown(alone)).toEqual(before)
        expect(alone.db.prepare('SELECT op_id, code FROM attention').all()).toEqual([])
        await alone.close()
        await close()
        rmSync(folder, { recursive: true })
      },
    ),
    seeded(60),
  )
})
