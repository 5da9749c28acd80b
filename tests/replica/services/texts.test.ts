import { expect, test } from 'vitest'
import { done, openIncident, refused } from './open-incident.ts'

// No saved text is lost: two windows on one incident.

test('a text that has moved on since it was opened is not written over; both stay, are found, and come back with one call', async () => {
  const { handlers, incident } = await openIncident()
  const incidentId = incident.id
  const of = { kind: 'incident', id: incidentId, field: 'known' } as const
  const opened = incident.editions?.['known'] ?? ''
  await done(handlers['incidents.revise']({ incidentId, known: '第一窗：已联系质检总局', seen: { known: opened } }))
  expect(await refused(handlers['incidents.revise']({ incidentId, known: '第二窗：门店已下架', seen: { known: opened } }))).toEqual({
    code: 'changed-meanwhile',
    params: { field: 'known', now: '' },
  })
  // A write to another field of the same incident overwrites no text.
  await done(handlers['incidents.revise']({ incidentId, stage: 'media-report', seen: { known: opened } }))
  const now = await done(handlers['incidents.get']({ incidentId }))
  await done(handlers['incidents.revise']({ incidentId, known: '第二窗：门店已下架', seen: { known: now.editions?.['known'] ?? '' } }))

  const versions = await done(handlers['texts.versions']({ ...of, incidentId }))
  expect(versions.map(({ text, byName, current, overtaken }) => [text, byName, current, overtaken]).toSorted()).toEqual([
    ['', '林舟', false, false],
    ['第一窗：已联系质检总局', '林舟', false, false],
    ['第二窗：门店已下架', '林舟', true, false],
  ])
  const first = versions.find(({ text }) => text.startsWith('第一窗'))
  const hits = await done(handlers['search.query']({ text: '质检总局', limit: 10 }))
  expect(hits.hits.map((hit) => hit.incidentId)).toContain(incidentId)

  await done(handlers['texts.restore']({ ...of, opId: first?.opId ?? '' }))
  expect((await done(handlers['incidents.get']({ incidentId }))).known).toBe('第一窗：已联系质检总局')
  expect((await done(handlers['texts.versions']({ ...of, incidentId }))).filter(({ current }) => current).map(({ text }) => text)).toEqual([
    '第一窗：已联系质检总局',
  ])
})

test('a version that is not there, and a field that is no free text, are refused', async () => {
  const { handlers, incident } = await openIncident()
  const of = { kind: 'incident', id: incident.id, field: 'known' } as const
  expect((await refused(handlers['texts.restore']({ ...of, opId: 'nothing' }))).code).toBe('not-found')
  expect((await refused(handlers['texts.versions']({ ...of, incidentId: incident.id, field: 'level' }))).code).toBe('not-found')
  expect((await refused(handlers['texts.versions']({ ...of, incidentId: incident.id, id: 'nobody' }))).code).toBe('not-found')
})

test('a numbers-only form does not put back what a colleague wrote in another window: task and person', async () => {
  const { handlers, incident } = await openIncident()
  const incidentId = incident.id
  const task = await done(
    handlers['tasks.create']({
      incidentId,
      task: {
        title: '联系检测',
        detail: '先问价',
        phase: '预警期',
        department: null,
        owner: '',
        dueAt: null,
        checklist: [],
        blockedBy: [],
      },
    }),
  )
  const seen = { detail: task.editions?.['detail'] ?? '' }
  await done(handlers['tasks.revise']({ incidentId, taskId: task.id, change: { detail: '已问价，三天出报告' }, seen }))
  expect((await refused(handlers['tasks.revise']({ incidentId, taskId: task.id, change: { detail: '先问价和工期' }, seen }))).code).toBe(
    'changed-meanwhile',
  )
  expect((await done(handlers['tasks.list']({ incidentId })))[0]?.detail).toBe('已问价，三天出报告')

  const place = { incidentId, layer: 'decision', department: null, name: '赵敏', backup: '' } as const
  const person = await done(handlers['people.assign']({ ...place, duty: '定口径' }))
  const opened = { name: '', backup: '', duty: '', ...person.editions }
  await done(handlers['people.assign']({ ...place, personId: person.id, duty: '定口径，见媒体', seen: opened }))
  expect(
    (await refused(handlers['people.assign']({ ...place, personId: person.id, duty: '定口径', backup: '韩雪', seen: opened }))).code,
  ).toBe('changed-meanwhile')
})

test('a contact is not written over unseen: its note and position have versions, and each can be restored', async () => {
  const { handlers } = await openIncident()
  const fields = { name: '钱进', organization: '', position: '副总裁', department: null, layer: null, note: '夜间先打手机', memberId: null }
  const { id: contactId, editions } = await done(handlers['contacts.add']({ contact: fields, channels: [] }))
  const seen = { name: '', organization: '', position: '', note: '', ...editions }
  const first = await done(handlers['contacts.revise']({ contactId, change: { note: '夜间打助理' }, seen }))
  expect(await refused(handlers['contacts.revise']({ contactId, change: { note: '夜间不打' }, seen }))).toEqual({
    code: 'changed-meanwhile',
    params: { field: 'note', now: '' },
  })
  // A write to another field overwrites no text.
  await done(handlers['contacts.revise']({ contactId, change: { position: '总裁' }, seen }))
  await done(handlers['contacts.revise']({ contactId, change: { note: '夜间不打' }, seen: { ...seen, ...first.editions } }))
  const of = { kind: 'contact', id: contactId, field: 'note' } as const
  const versions = await done(handlers['texts.versions']({ ...of, incidentId: null }))
  expect(versions.map(({ text }) => text).toSorted()).toEqual(['夜间不打', '夜间先打手机', '夜间打助理'].toSorted())
  await done(handlers['texts.restore']({ ...of, opId: versions.find(({ text }) => text === '夜间打助理')?.opId ?? '' }))
  expect((await done(handlers['contacts.list']({ removed: false })))[0]).toMatchObject({ note: '夜间打助理', position: '总裁' })
})
