import { expect, test } from 'vitest'
import { MemberPosition } from '#domain/members/member.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { attentionItems, redoAttention } from '#workspace/attention.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, idOf, INCIDENT, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { declare, joinAs, observe, openDevice, write, type Device } from './device.ts'
import type { Draft } from '#replica/store/replica-store.ts'

// P5: nothing acknowledged is lost; an author whose text was overwritten unseen is told, and the text is kept.

const TASK = idOf(500)
const known = (text: string): Draft => ({
  scope: INCIDENT_SCOPE,
  kind: 'incident',
  id: INCIDENT,
  type: 'incident.revise',
  body: { known: text },
})
const detail = (text: string): Draft => ({ scope: INCIDENT_SCOPE, kind: 'task', id: TASK, type: 'task.revise', body: { detail: text } })
const CONTACT = idOf(501)
const note = (text: string): Draft => ({ scope: TEAM_SCOPE, kind: 'contact', id: CONTACT, type: 'contact.revise', body: { note: text } })
const contact: Draft = {
  ...note(''),
  type: 'contact.add',
  body: {
    contact: { name: '钱进', organization: '', position: '', department: null, layer: null, note: '', memberId: null },
    channels: [],
  },
}
const owner = (text: string): Draft => ({ ...detail(''), version: 2, body: { owner: text, ownerId: text === '安' ? ANN : BEN } })
const task: Draft = {
  scope: INCIDENT_SCOPE,
  kind: 'task',
  id: TASK,
  type: 'task.create',
  body: {
    title: '联系检测机构',
    detail: '',
    phase: '预警期',
    department: null,
    owner: '',
    dueAt: null,
    checklist: [],
    blockedBy: [],
    order: 0,
  },
}
const correct = (text: string): Draft => ({
  scope: INCIDENT_SCOPE,
  kind: 'entry',
  id: idOf(1001),
  type: 'entry.correct',
  body: {
    content: { kind: 'observation', text, happenedAt: Number((observe(1).body as { happenedAt: number }).happenedAt) },
    reason: '写错了',
  },
})

/** Two commanders with the same incident, both offline until they are woken. */
async function openTwo() {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  const ann = openDevice(hub, ANN, { clock })
  const ben = openDevice(hub, BEN, { clock })
  ben.store.meta.write('admission', JSON.stringify({ kind: 'invited', ...MemberPosition.parse({ role: 'commander' }) }))
  write(ann, joinAs(ANN, '安', 'commander'), declare, task, contact, observe(1))
  await ann.sync.wake()
  write(ben, joinAs(BEN, '本', 'commander'))
  await ben.sync.wake()
  await ann.sync.wake()
  return { clock, ann, ben }
}

const told = ({ db, store }: Device) => attentionItems({ db, store } as never).map(({ code, text, params }) => ({ code, text, params }))

async function settle(...devices: Device[]) {
  for (const device of [...devices, ...devices]) await device.sync.wake()
}

test.for([
  ['known', known, 'incident', INCIDENT],
  ['detail', detail, 'task', TASK],
  ['note', note, 'contact', CONTACT],
] as const)(
  'two people write %s offline: who is overtaken is told, with the text, whichever device comes first',
  async ([field, say, kind, id]) => {
    for (const order of ['first', 'last'] as const) {
      const { clock, ann, ben } = await openTwo()
      write(ann, say('安写的：三起投诉'))
      clock.advance(1000)
      write(ben, say('本写的：电池批次已查明'))
      await (order === 'first' ? settle(ann, ben) : settle(ben, ann))
      for (const device of [ann, ben]) expect(device.store.read(kind, id)?.state).toMatchObject({ [field]: '本写的：电池批次已查明' })
      expect(told(ann)).toEqual([{ code: 'text-overtaken', text: '安写的：三起投诉', params: { field, by: BEN, byName: '本' } }])
      expect(told(ben)).toEqual([])
      // The redone text is accepted, and this time it overwrites nothing unseen.
      const [item] = attentionItems(ann as never)
      expect(redoAttention(ann as never, item?.opId ?? '', ann.edge.uuid)).toMatchObject({ ok: true })
      await settle(ann, ben)
      expect(ben.store.read(kind, id)?.state).toMatchObject({ [field]: '安写的：三起投诉' })
      expect([told(ann), told(ben)]).toEqual([[], []])
    }
  },
)

test('an owner that was overtaken comes back with the member that was meant', async () => {
  const { clock, ann, ben } = await openTwo()
  write(ann, owner('安'))
  clock.advance(1000)
  write(ben, owner('本'))
  await settle(ann, ben)
  expect(ann.store.read('task', TASK)?.state).toMatchObject({ owner: '本', ownerId: BEN })
  const [item] = attentionItems(ann as never)
  expect([item?.code, item?.text]).toEqual(['text-overtaken', '安'])
  redoAttention(ann as never, item?.opId ?? '', ann.edge.uuid)
  await settle(ann, ben)
  expect(ben.store.read('task', TASK)?.state).toMatchObject({ owner: '安', ownerId: ANN })
})

test('what its author had seen, or says the same, is no news; nor is a status or a date', async () => {
  const { clock, ann, ben } = await openTwo()
  write(ann, known('第一版'))
  await settle(ann, ben)
  write(ben, known('第二版'))
  await settle(ben, ann)
  write(ann, known('同样的话'), { ...known(''), body: { stage: 'media-report' } })
  clock.advance(1000)
  write(ben, known('同样的话'), { ...known(''), body: { stage: 'whole-web' } })
  await settle(ann, ben)
  expect([told(ann), told(ben)]).toEqual([[], []])
})

test('a correction made over another one unseen tells whose stood before; both stay in the history', async () => {
  const { clock, ann, ben } = await openTwo()
  write(ann, correct('安的更正'))
  clock.advance(1000)
  write(ben, correct('本的更正'))
  await settle(ann, ben)
  expect(told(ann)).toEqual([{ code: 'text-overtaken', text: '安的更正', params: { field: 'text', by: BEN, byName: '本' } }])
  expect(told(ben)).toEqual([])
  expect(ann.store.read('entry', idOf(1001))?.state).toMatchObject({
    text: '本的更正',
    corrections: [{ by: ANN }, { by: BEN, before: { text: '安的更正' } }],
  })
})
