import { expect, test } from 'vitest'
import { CONTACT } from '#domain/contacts/contact-entity.ts'
import type { ContactState } from '#domain/contacts/contact.ts'
import type { Entity } from '#domain/log/entity.ts'
import { MemberPlace } from '#domain/members/member.ts'
import { contactOfRow } from '#replica/contacts/contact-rows.ts'
import { planImport } from '#replica/contacts/plan-import.ts'
import { seenEntity, type EntityRow } from '#replica/store/entity-table.ts'
import { attentionItems } from '#workspace/attention.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { joinAs, openDevice, write, type Device } from './device.ts'

const COLUMNS = ['姓名', '公司', '手机', '邮箱']
const MAPPING = { 姓名: 'name', 公司: 'organization', 手机: 'mobile', 邮箱: 'email' } as const
const rowsOf = (...lines: string[]) =>
  lines.map((line, index) => contactOfRow({ line: index + 1, cells: line.split(',') }, COLUMNS, MAPPING))

function contactsOf({ db }: Device): Entity<ContactState>[] {
  const rows = db.prepare<[], EntityRow>("SELECT * FROM entity WHERE kind = 'contact' ORDER BY id").all()
  return rows.flatMap((row) => CONTACT.as(seenEntity(row)) ?? [])
}

function importHere(device: Device, ...lines: string[]): void {
  write(device, ...planImport(rowsOf(...lines), contactsOf(device), device.edge.uuid).flatMap(({ drafts }) => drafts))
}

test('two members who import the same people offline have everybody once, and nothing needs attention', async () => {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  const [ann, ben] = [ANN, BEN].map((member) => openDevice(hub, member, { clock }))
  if (!ann || !ben) throw new Error('no devices')
  ben.store.meta.write('admission', JSON.stringify({ kind: 'invited', ...MemberPlace.parse({ role: 'commander' }) }))
  write(ann, joinAs(ANN, '安', 'commander'))
  await ann.sync.wake()
  write(ben, joinAs(BEN, '本', 'commander'))
  await ben.sync.wake()

  const file = ['钱进,,13800138000,qian@example.com', '王芳,远航,13900139000,', '王芳,远航,13900139001,', '李四,远航,,']
  importHere(ann, ...file)
  clock.advance(1000)
  importHere(ben, ...file.map((line, index) => (line.startsWith('王芳') ? `${line}wang${index}@example.com` : line)))
  for (const device of [ann, ben, ann, ben]) await device.sync.wake()
  for (const device of [ann, ben]) {
    const people = contactsOf(device).map(({ state: { name, channels } }) => [name, ...channels.map(({ kind }) => kind)].join(' '))
    expect(people.toSorted()).toEqual(['李四', '王芳 mobile email', '王芳 mobile email', '钱进 mobile email'].toSorted())
    expect(attentionItems({ db: device.db, store: device.store } as never)).toEqual([])
  }
  expect(contactsOf(ann)).toEqual(contactsOf(ben))
})
