import { expect, test } from 'vitest'
import { parseOp } from '#domain/log/op.ts'
import { redoneBody } from '#domain/redo-op.ts'
import { idOf, makeOp } from '#tests/support/log-texts.ts'
import { declareIncident, openReadyWorkspace, waitForSync, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** Simulates rejections by the hub: ops as they would have been sent. */
function reject(under: WorkspaceUnderTest, ops: readonly { parts: Parameters<typeof makeOp>[0]; code: string }[]): string[] {
  const db = new Database(join(under.dataFolder, 'replica.db'))
  const insert = db.prepare('INSERT INTO attention (op_id, scope, bytes, code, params, at) VALUES (?, ?, ?, ?, ?, ?)')
  const ids = ops.map(({ parts, code }, index) => {
    const op = makeOp(parts)
    insert.run(op.opId, op.scope, JSON.stringify(op), code, '{}', 1000 + index)
    return op.opId
  })
  db.close()
  return ids
}

test('P5: a rejected act is written again on top of what stands now, with what fell with it, as new ops; and is no longer among what needs attention', async () => {
  const under = await openReadyWorkspace(makeTempFolder('attention'))
  const incidentId = await declareIncident(under)
  await under.value('incidents.changeLevel', { incidentId, to: 2, reason: '媒体跟进' })
  const scope = `incident:${incidentId}`
  const [level] = reject(under, [
    {
      parts: {
        scope,
        kind: 'incident',
        id: incidentId,
        type: 'incident.change-level',
        body: { from: 1, to: 3, reason: '离线时的判断', clocks: {} },
      },
      code: 'changed-meanwhile',
    },
  ])
  const [note] = reject(under, [
    {
      parts: {
        scope,
        kind: 'entry',
        id: idOf(0x501),
        type: 'entry.record',
        body: { kind: 'observation', text: '随之而记', happenedAt: Date.parse('2026-03-15') },
        after: [level ?? ''],
      },
      code: 'depends-on-rejected',
    },
  ])
  const items = await under.value('workspace.attention', {})
  expect(items.map(({ opId, group }) => [opId, group])).toEqual(
    expect.arrayContaining([
      [level, level],
      [note, level],
    ]),
  )
  // Redoing an op also redoes the ops that it depends on.
  expect(await under.value('workspace.redoAttention', { opId: note ?? '' })).toEqual({ redone: 2 })
  expect(await under.value('workspace.attention', {})).toEqual([])
  await waitForSync(under)
  expect(await under.value('workspace.attention', {})).toEqual([])
  expect(await under.value('incidents.get', { incidentId })).toMatchObject({ level: 3 })
  expect(under.faults).toEqual([])
})

test('what cannot stand now either stays, with its text, and says why; what was made under a taken id is made under another', async () => {
  const under = await openReadyWorkspace(makeTempFolder('attention'))
  const incidentId = await declareIncident(under)
  const scope = `incident:${incidentId}`
  const taken = await under.value('timeline.record', { incidentId, kind: 'observation', text: '先到的' })
  const [again, gone] = reject(under, [
    {
      parts: {
        scope,
        kind: 'entry',
        id: taken.id,
        type: 'entry.record',
        body: { kind: 'observation', text: '后到的', happenedAt: Date.parse('2026-03-15') },
      },
      code: 'already-exists',
    },
    {
      parts: { scope, kind: 'entry', id: idOf(0x502), type: 'entry.comment', body: { commentId: idOf(0x503), text: '对一条不在的说' } },
      code: 'not-found',
    },
  ])
  expect(await under.failure('workspace.redoAttention', { opId: gone ?? '' })).toBe('not-found')
  expect((await under.value('workspace.attention', {})).map(({ opId }) => opId)).toEqual(expect.arrayContaining([again, gone]))
  expect(await under.value('workspace.redoAttention', { opId: again ?? '' })).toEqual({ redone: 1 })
  expect((await under.value('workspace.attention', {})).map(({ opId }) => opId)).toEqual([gone])
  const status = await under.value('workspace.status', {})
  expect(status.sync).toMatchObject({
    needsAttention: 1,
    to: null,
    refused: null,
    leaseEndsAt: null,
    filesWaiting: expect.any(Number) as number,
  })
})

test('what an op expected to find becomes what is there; what it says stays', () => {
  const op = makeOp({ kind: 'task', id: idOf(1), type: 'task.move', body: { from: 'open', to: 'done', note: '好了' } })
  const now = {
    kind: 'task',
    id: op.entity.id,
    scope: op.scope,
    state: { progress: 'under-way' },
    stamps: {},
    superseded: [],
    newer: false,
  }
  expect(redoneBody(op, now)).toEqual({ from: 'under-way', to: 'done', note: '好了' })
  expect(redoneBody(op, undefined)).toEqual(op.body)
  expect(parseOp(JSON.stringify({ ...op, body: redoneBody(op, now) })).ok).toBe(true)
})
