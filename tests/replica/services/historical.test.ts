import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openReadyWorkspace, waitForJob } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const BEGAN = Date.parse('2021-03-24T17:00:00+08:00')
const PAST = { title: '当年的断货', type: 'product-problem', level: 1, stage: 'whole-web', mode: 'historical' } as const

test('a case of the past is brought in at its own time: no clocks, nothing that waits, its timeline ends when it ended, and it can be closed', async () => {
  const folder = makeTempFolder('historical', 'quick')
  const under = await openReadyWorkspace(join(folder, 'data'))
  expect(await under.failure('incidents.declare', PAST)).toBe('bad-input')
  expect(await under.failure('incidents.declare', { ...PAST, declaredAt: Date.now() + 3_600_000 })).toBe('bad-input')
  expect(await under.failure('incidents.declare', { ...PAST, mode: 'real', declaredAt: BEGAN })).toBe('bad-input')
  const incident = await under.value('incidents.declare', { ...PAST, declaredAt: BEGAN })
  expect(incident).toMatchObject({ mode: 'historical', declaredAt: BEGAN, clocks: [], status: 'open' })

  const path = join(folder, 'a.csv')
  writeFileSync(path, '时间,负面占比\n2021-03-24 18:00,90\n2021-03-24 19:00,95\n')
  const seen = await under.value('imports.inspect', { incidentId: incident.id, source: { path } })
  const mapping = {
    at: '时间',
    values: [{ column: '负面占比', name: '负面占比', unit: '%', metric: 'sentiment' as const, reading: 'level' as const }],
  }
  const { jobId } = await waitForJob(
    under,
    (await under.value('imports.check', { incidentId: incident.id, sourceId: seen.sourceId, plan: { target: 'numbers', mapping } })).jobId,
  )
  await under.value('imports.write', { jobId })
  expect((await waitForJob(under, jobId)).phase).toBe('complete')
  await under.value('incidents.changeLevel', { incidentId: incident.id, to: 2, reason: '复盘' })
  expect((await under.value('incidents.get', { incidentId: incident.id })).clocks).toEqual([])
  expect(await under.value('incidents.waiting', { limit: 10 })).toMatchObject({ items: [], total: 0 })
  expect(await under.value('incidents.risks', {})).toEqual([])

  expect(await under.value('incidents.setStatus', { incidentId: incident.id, to: 'closed', reason: '归档' })).toMatchObject({
    status: 'closed',
  })
  const { rows } = await under.value('timeline.page', { incidentId: incident.id, filter: {}, page: 0 })
  expect(rows.map(({ event }) => event?.code)).not.toContain('imported')
  expect(under.faults).toEqual([])
})
