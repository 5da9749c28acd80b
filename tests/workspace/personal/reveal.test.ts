import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CallInput } from '#contract/api.ts'
import { REVEALS_PER_HOUR } from '#domain/privacy/reveal.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { declareIncident, openReadyWorkspace, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const HOUR = 3_600_000
const TEXT = '客户 13812345678 来电，邮箱 zhang@example.com'

async function openRoom() {
  const clock = createFakeClock()
  const under = await openReadyWorkspace(join(makeTempFolder('reveal', 'quick'), 'data'), clock.now)
  const incidentId = await declareIncident(under, { known: `联系人 010-62345678` })
  const entry = await under.value('timeline.record', { incidentId, kind: 'customer-voice', text: TEXT })
  const about = (field: string, id = entry.id): CallInput<'personal.reveal'> => ({
    incidentId,
    of: { kind: 'entry', id, field },
    reason: 'call-back',
    words: '回访',
  })
  return { clock, under, incidentId, entry, about }
}

const seenBy = async (under: WorkspaceUnderTest, incidentId: string | null = null) =>
  (await under.value('personal.reveals', { incidentId, memberId: null, before: null })).reveals

test('R1, T3: one text is shown whole after it is on record who looked, when, at what, why and on which device', async () => {
  const { clock, under, incidentId, entry, about } = await openRoom()
  expect(entry.text).toBe('客户 138****5678 来电，邮箱 z***@example.com')
  expect(await seenBy(under)).toEqual([])
  clock.advance(1000)
  expect(await under.value('personal.reveal', { ...about('text'), words: '回电 13812345678' })).toEqual({
    text: TEXT,
    shownMs: 60_000,
    left: REVEALS_PER_HOUR - 1,
  })
  const [look, ...more] = await seenBy(under, incidentId)
  expect(more).toEqual([])
  expect(look).toMatchObject({
    byName: '安',
    at: clock.now(),
    of: { kind: 'entry', id: entry.id, field: 'text' },
    reason: 'call-back',
    words: '回电 138****5678',
    incidentTitle: '门店饮用水投诉',
    excerpt: entry.text,
  })
  expect(look?.device).not.toBe('')
  // A reveal is temporary: all other answers stay masked.
  expect((await under.value('timeline.entry', { incidentId, entryId: entry.id })).text).toBe(entry.text)
})

test('R1: comments, what stood before a correction, tasks and what is known are revealed one by one; what is not masked or not there is not', async () => {
  const { under, incidentId, entry, about } = await openRoom()
  const commented = await under.value('timeline.comment', { incidentId, entryId: entry.id, text: '改约 13900001111' })
  const commentId = commented.comments[0]?.id ?? ''
  await under.value('timeline.correct', {
    incidentId,
    entryId: entry.id,
    content: { kind: 'customer-voice', text: '客户未留电话', happenedAt: entry.happenedAt },
    reason: '核实',
  })
  const task = await under.value('tasks.create', {
    incidentId,
    task: {
      title: '回访',
      detail: '',
      phase: '预警',
      department: null,
      owner: '',
      dueAt: null,
      checklist: ['拨 13700002222'],
      blockedBy: [],
    },
  })
  const text = async (input: CallInput<'personal.reveal'>) => (await under.value('personal.reveal', input)).text
  expect(await text(about(`comments.${commentId}.text`))).toBe('改约 13900001111')
  expect(await text(about('corrections.0.before.text'))).toBe(TEXT)
  expect(await text({ ...about(''), of: { kind: 'task', id: task.id, field: `checklist.${task.checklist[0]?.id ?? ''}.text` } })).toBe(
    '拨 13700002222',
  )
  expect(await text({ ...about(''), of: { kind: 'incident', id: incidentId, field: 'known' } })).toBe('联系人 010-62345678')
  expect(await under.failure('personal.reveal', about('text'))).toBe('nothing-masked')
  for (const field of ['comments.nobody.text', 'constructor', '__proto__.x', 'comments', 'happenedAt'])
    expect([field, await under.failure('personal.reveal', about(field))]).toEqual([field, 'not-found'])
  const elsewhere = await declareIncident(under)
  expect(await under.failure('personal.reveal', { ...about('text'), incidentId: elsewhere })).toBe('not-found')
  expect(await seenBy(under)).toHaveLength(4)
})

test('R1: thirty an hour, over all incidents together; then refused with when it goes on, and without a record', async () => {
  const { clock, under, incidentId, about } = await openRoom()
  const second = await declareIncident(under, { known: '13812345678' })
  for (let look = 0; look < REVEALS_PER_HOUR; look += 1) {
    clock.advance(1000)
    await under.value(
      'personal.reveal',
      look % 2 === 0 ? about('text') : { ...about(''), incidentId: second, of: { kind: 'incident', id: second, field: 'known' } },
    )
  }
  const full = await under.call('personal.reveal', about('text'))
  expect(full).toEqual({ ok: false, failure: { code: 'reveal-limit', params: { count: 30, at: clock.now() - 29_000 + HOUR } } })
  expect(await seenBy(under)).toHaveLength(30)
  expect(await seenBy(under, incidentId)).toHaveLength(15)
  clock.advance(HOUR - 29_000)
  expect((await under.value('personal.reveal', about('text'))).left).toBe(0)
  expect(await under.failure('personal.reveal', about('text'))).toBe('reveal-limit')
})

test('R1: no record, no text: where nothing can be written, nothing is shown', async () => {
  const { under, about } = await openRoom()
  await under.value('workspace.openReadOnly', {})
  expect(await under.failure('personal.reveal', about('text'))).toBe('read-only')
  expect(await seenBy(under)).toEqual([])
})

test('R1: a correction may leave masks where they are, and never writes asterisks by accident', async () => {
  const { under, incidentId, entry, about } = await openRoom()
  const correct = (text: string) => ({
    incidentId,
    entryId: entry.id,
    content: { kind: 'customer-voice' as const, text, happenedAt: entry.happenedAt },
    reason: '错字',
  })
  await under.value('timeline.correct', correct('客户 138****5678 两次来电，邮箱 z***@example.com'))
  expect((await under.value('personal.reveal', about('text'))).text).toBe('客户 13812345678 两次来电，邮箱 zhang@example.com')
  expect(await under.failure('timeline.correct', correct('客户 139****0000 来电'))).toBe('mask-unclear')
  // Undo restores the replaced text without masks.
  await under.value('incidents.revise', { incidentId, known: '无' })
  await under.value('incidents.revise', { incidentId, known: '联系人 ****5678' })
  expect((await under.value('personal.reveal', { ...about(''), of: { kind: 'incident', id: incidentId, field: 'known' } })).text).toBe(
    '联系人 010-62345678',
  )
})

test('R1: a full number finds its entry with a masked excerpt that is marked; a part of it finds nothing out', async () => {
  const { under, entry } = await openRoom()
  const { hits } = await under.value('search.query', { text: '13812345678' })
  expect(hits).toMatchObject([{ id: entry.id, excerpt: entry.text, marks: [[3, 14]] }])
  for (const part of ['1381234', '13812', '1234567', '2345678'])
    expect((await under.value('search.query', { text: part })).hits).toEqual([])
  const filtered = await under.value('timeline.outline', {
    incidentId: hits[0]?.incidentId ?? '',
    filter: { text: '1381234' },
    zone: 'utc',
  })
  expect(filtered.total).toBe(0)
})

test('who looked is listed newest first in pages, by member, and as a file for the auditor', async () => {
  const { clock, under, incidentId, about } = await openRoom()
  for (let look = 0; look < 104; look += 1) {
    clock.advance(HOUR / 20)
    await under.value('personal.reveal', about('text'))
  }
  const first = await under.value('personal.reveals', { incidentId, memberId: null, before: null })
  expect([first.reveals.length, first.more, first.reveals[0]?.at]).toEqual([100, true, clock.now()])
  const last = first.reveals.at(-1)
  const rest = await under.value('personal.reveals', {
    incidentId,
    memberId: last?.by ?? null,
    before: last ? { at: last.at, id: last.id } : null,
  })
  expect([rest.reveals.length, rest.more]).toEqual([4, false])
  expect((await under.value('personal.reveals', { incidentId, memberId: incidentId, before: null })).reveals).toEqual([])
  const file = await under.value('personal.revealsAsFile', { incidentId, memberId: null, language: 'zh-Hans', zone: 'Asia/Shanghai' })
  const { bytes } = await under.value('exports.read', { exportId: file.exportId, offset: 0 })
  const lines = Buffer.from(bytes).toString().trim().split('\n')
  expect(lines).toHaveLength(105)
  expect(lines[1]).toContain('回访或联系本人')
})
