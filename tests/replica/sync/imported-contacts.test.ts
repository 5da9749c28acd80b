import { expect, test } from 'vitest'
import { CONTACT } from '#domain/contacts/contact-entity.ts'
import { importedContactId } from '#domain/contacts/contact-id.ts'
import type { ContactState } from '#domain/contacts/contact.ts'
import type { Entity } from '#domain/log/entity.ts'
import { MemberPosition } from '#domain/members/member.ts'
import { contactOfRow } from '#replica/contacts/contact-rows.ts'
import { contactDraft, planImport } from '#replica/contacts/plan-import.ts'
import { seenEntity, type EntityRow } from '#replica/store/entity-table.ts'
import { attentionItems } from '#workspace/attention.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, sha256 } from '#tests/support/log-texts.ts'
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

/** Imports lines; the ops that it wrote, by contact. */
function importHere(device: Device, ...lines: string[]): Map<string, string[]> {
  const drafts = planImport(rowsOf(...lines), contactsOf(device), device.edge.uuid, ANN).flatMap((one) => one.drafts)
  const before = ownOps(device)
  write(device, ...drafts)
  const ops = ownOps(device).filter(({ id }) => !before.some((one) => one.id === id))
  return new Map([...Map.groupBy(ops, ({ contact }) => contact)].map(([contact, own]) => [contact, own.map(({ id }) => id)]))
}

const ownOps = ({ db }: Device) =>
  db.prepare<[], { id: string; contact: string }>("SELECT op_id AS id, entity_id AS contact FROM outbox WHERE kind = 'contact'").all()

function undo(device: Device, imported: Map<string, string[]>): void {
  write(device, ...[...imported].map(([id, ops]) => contactDraft(id, 'contact.undo-import', { ops })))
}

/** 安 and 本, both commanders, on a device each. */
async function openTwo() {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  const [ann, ben] = [ANN, BEN].map((member) => openDevice(hub, member, { clock }))
  if (!ann || !ben) throw new Error('no devices')
  ben.store.meta.write('admission', JSON.stringify({ kind: 'invited', ...MemberPosition.parse({ role: 'commander' }) }))
  write(ann, joinAs(ANN, '安', 'commander'))
  await ann.sync.wake()
  write(ben, joinAs(BEN, '本', 'commander'))
  await ben.sync.wake()
  const syncAll = async () => {
    for (const device of [ann, ben, ann, ben]) await device.sync.wake()
  }
  return { clock, ann, ben, syncAll }
}

const shownIn = (device: Device) =>
  contactsOf(device).map(({ state: { name, removed, channels } }) => `${name} ${removed ? 'removed' : channels.length}`)

test('two members who import the same people offline have everybody once, and nothing needs attention', async () => {
  const { clock, ann, ben, syncAll } = await openTwo()
  const file = ['钱进,,13800138000,qian@example.com', '王芳,远航,13900139000,', '王芳,远航,13900139001,', '李四,远航,,']
  importHere(ann, ...file)
  clock.advance(1000)
  importHere(ben, ...file.map((line, index) => (line.startsWith('王芳') ? `${line}wang${index}@example.com` : line)))
  await syncAll()
  for (const device of [ann, ben]) {
    const people = contactsOf(device).map(({ state: { name, channels } }) => [name, ...channels.map(({ kind }) => kind)].join(' '))
    expect(people.toSorted()).toEqual(['李四', '王芳 mobile email', '王芳 mobile email', '钱进 mobile email'].toSorted())
    expect(attentionItems({ db: device.db, store: device.store } as never)).toEqual([])
  }
  expect(contactsOf(ann)).toEqual(contactsOf(ben))
})

test('the undo of an import leaves whom a colleague imported as well, whoever was first', async () => {
  for (const undoes of ['first', 'second'] as const) {
    const { clock, ann, ben, syncAll } = await openTwo()
    const imported = { first: importHere(ann, '钱进,,13800138000,', '周敏,,13900139000,'), second: new Map<string, string[]>() }
    clock.advance(1000)
    imported.second = importHere(ben, '钱进,,13800138000,', '吴越,,13700137000,')
    await syncAll()
    clock.advance(1000)
    undo(undoes === 'first' ? ann : ben, imported[undoes])
    await syncAll()
    for (const device of [ann, ben])
      expect(shownIn(device).toSorted()).toEqual(
        (undoes === 'first' ? ['周敏 removed', '吴越 1', '钱进 1'] : ['周敏 1', '吴越 removed', '钱进 1']).toSorted(),
      )
  }
})

test('the undo of an import takes back the channels that it added, except one that a colleague imported too or has changed', async () => {
  const { clock, ann, ben, syncAll } = await openTwo()
  importHere(ann, '钱进,远航,13800138000,')
  await syncAll()
  const imported = importHere(ann, '钱进,远航,13800138000,qian@example.com')
  undo(ann, imported)
  await syncAll()
  expect(shownIn(ben)).toEqual(['钱进 1'])
  const again = importHere(ann, '钱进,远航,13800138000,jin@example.com')
  clock.advance(1000)
  importHere(ben, '钱进,远航,13800138000,jin@example.com')
  await syncAll()
  undo(ann, again)
  await syncAll()
  expect([shownIn(ann), shownIn(ben)]).toEqual([['钱进 2'], ['钱进 2']])
})

test('an import onto somebody whom a colleague has removed meanwhile is refused, and its author sees why', async () => {
  const { clock, ann, ben, syncAll } = await openTwo()
  importHere(ann, '钱进,远航,13800138000,')
  await syncAll()
  const [contact] = contactsOf(ann)
  write(ann, contactDraft(contact?.id ?? '', 'contact.remove', { removed: true }))
  clock.advance(1000)
  importHere(ben, '钱进,远航,13800138000,qian@example.com')
  await syncAll()
  expect([shownIn(ann), shownIn(ben)]).toEqual([['钱进 removed'], ['钱进 removed']])
  expect(contactsOf(ben).map(({ state }) => state.channels.length)).toEqual([1])
  expect(attentionItems({ db: ben.db, store: ben.store } as never)).toMatchObject([{ type: 'contact.import', code: 'contact-removed' }])
})

test('an import by this version finds contacts that an earlier one created, by the id without the team', async () => {
  const { ann } = await openTwo()
  const [row] = rowsOf('钱进,远航,13800138000,')
  if (!row?.ok) throw new Error('no row')
  const id = importedContactId(row.fields, row.channels, sha256, null)
  write(ann, contactDraft(id, 'contact.import', { contact: { ...row.fields, name: '钱总' }, channels: [] }))
  expect(planImport([row], contactsOf(ann), ann.edge.uuid, ANN).map(({ act, drafts }) => [act, drafts[0]?.id])).toEqual([['extend', id]])
})
