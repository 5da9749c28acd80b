import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ReadingOptions, type ImportSource } from '#contract/import-api.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { done, openIncident, refused } from '../services/open-incident.ts'

const READING = ReadingOptions.parse({})

function fileWith(name: string, content: string | Buffer): ImportSource {
  const path = join(makeTempFolder('contacts', 'quick'), name)
  writeFileSync(path, content)
  return { path }
}

const TABLE = [
  '姓名,公司,职务,部门,层级,手机,电子邮箱,备注',
  '钱进,,副总裁,,决策层,138 0013 8000,qian@example.com,夜间先打手机',
  '周敏,,公关总监,公关部,执行层,13900139000；021-68888888转802,zhou@example.com,',
  '外呼张三,远航外呼,项目经理,客服中心,,12345678901,zhang@example,',
  ',,,,,13700137000,,',
].join('\n')

test('OR-10: contacts come in from a table: shown first, then written, then nothing is new', async () => {
  const { handlers } = await openIncident()
  const check = await done(handlers['contacts.checkFile']({ source: fileWith('联络.csv', TABLE), reading: READING }))
  expect(check.mapping).toEqual({
    姓名: 'name',
    公司: 'organization',
    职务: 'position',
    部门: 'department',
    层级: 'layer',
    手机: 'mobile',
    电子邮箱: 'email',
    备注: 'note',
  })
  expect(check.counts).toEqual({ add: 3, extend: 0, same: 0, removed: 0, refuse: 1 })
  // Rows that need attention come first: the refused row, and the one whose number and address reach nobody.
  expect(check.rows.slice(0, 2).map(({ name, act }) => [name, act])).toEqual([
    ['外呼张三', 'add'],
    ['', 'refuse'],
  ])
  expect(check.rows[0]?.cells).toEqual([
    { text: '12345678901', kind: 'mobile', problem: 'not-a-number' },
    { text: 'zhang@example', kind: 'email', problem: 'not-an-email' },
  ])
  expect(await done(handlers['contacts.list']({ removed: false }))).toEqual([])

  const { added } = await done(handlers['contacts.importFile']({ sourceId: check.sourceId, bringBack: false }))
  expect(added).toBe(3)
  const list = await done(handlers['contacts.list']({ removed: false }))
  expect(list.map(({ name, layer, department }) => [name, layer, department])).toEqual([
    ['钱进', 'decision', null],
    ['周敏', 'execution', 'pr'],
    ['外呼张三', null, 'call-center'],
  ])
  // The contact list exists to reach people inside the company, so none of it is masked.
  expect(list[1]?.channels.map(({ kind, address, verified }) => [kind, address, verified])).toEqual([
    ['mobile', '+8613900139000', null],
    ['landline', '+862168888888;ext=802', null],
    ['email', 'zhou@example.com', null],
  ])
  const again = await done(handlers['contacts.checkFile']({ source: fileWith('again.csv', TABLE), reading: READING }))
  expect(again.counts).toEqual({ add: 0, extend: 0, same: 3, removed: 0, refuse: 1 })
  expect((await done(handlers['contacts.importFile']({ sourceId: again.sourceId, bringBack: false }))).added).toBe(0)
  expect(await done(handlers['contacts.list']({ removed: false }))).toHaveLength(3)
  expect((await refused(handlers['contacts.importFile']({ sourceId: again.sourceId, bringBack: false }))).code).toBe('import-unknown')
})

test('an address book adds what a contact lacks and overwrites nothing; the whole import can be taken back', async () => {
  const { handlers } = await openIncident()
  const contact = {
    name: '周敏',
    organization: '',
    position: '公关总监',
    department: 'pr',
    layer: 'execution',
    note: '',
    memberId: null,
  } as const
  const made = await done(handlers['contacts.add']({ contact, channels: [{ kind: 'mobile', address: '13900139000', label: '' }] }))
  const cards = ['周敏', '吴越'].map(
    (name) =>
      `BEGIN:VCARD\nFN:${name}\nTITLE:总监\nTEL;TYPE=cell:13900139000\nEMAIL:${name === '周敏' ? 'zhou' : 'wu'}@example.com\nEND:VCARD`,
  )
  const check = await done(handlers['contacts.checkFile']({ source: fileWith('book.vcf', cards.join('\n')), reading: READING }))
  expect([check.format, check.counts]).toEqual(['vcard', { add: 1, extend: 1, same: 0, removed: 0, refuse: 0 }])
  const { contacts, ...counts } = await done(handlers['contacts.importFile']({ sourceId: check.sourceId, bringBack: false }))
  expect(counts).toEqual({ added: 1, extended: 1, broughtBack: 0, skipped: 0 })
  const list = await done(handlers['contacts.list']({ removed: false }))
  expect(list.find(({ id }) => id === made.id)).toMatchObject({
    position: '公关总监',
    channels: [{ address: '+8613900139000' }, { address: 'zhou@example.com' }],
  })
  expect(await done(handlers['contacts.undoImport']({ contacts }))).toEqual({ kept: 0 })
  const left = await done(handlers['contacts.list']({ removed: false }))
  expect(left.map(({ name, channels }) => [name, channels.map(({ address }) => address)])).toEqual([['周敏', ['+8613900139000']]])
})

test('two people of one name stay two, also at one company, unless they share an address', async () => {
  const { handlers } = await openIncident()
  const import_ = async (rows: string) => {
    const check = await done(handlers['contacts.checkFile']({ source: fileWith('rows.csv', `姓名,公司,手机\n${rows}`), reading: READING }))
    await done(handlers['contacts.importFile']({ sourceId: check.sourceId, bringBack: false }))
    const list = await done(handlers['contacts.list']({ removed: false }))
    return list.map(({ name, channels }) => [name, channels.length]).toSorted()
  }
  expect(await import_('王芳,,13800138000\n王芳,,13900139000\n李四,,')).toEqual([
    ['李四', 0],
    ['王芳', 1],
    ['王芳', 1],
  ])
  // The first shares an address, the second updates a contact without channels, the others are two people of one company.
  expect(await import_('王芳,,13800138000；13700137000\n李四,,13600136000\n赵六,远航,13500135000\n赵六,远航,13500135001')).toEqual([
    ['李四', 1],
    ['王芳', 1],
    ['王芳', 2],
    ['赵六', 1],
    ['赵六', 1],
  ])
  // A line without a number is one of them; which one is unknown, and nothing is to be written.
  expect(await import_('赵六,远航,')).toHaveLength(5)
})

test('a number of another kind completes a person of the same name and company, unless two people could be meant', async () => {
  const { handlers } = await openIncident()
  const check = (rows: string) =>
    done(handlers['contacts.checkFile']({ source: fileWith('rows.csv', `姓名,公司,手机,邮箱\n${rows}`), reading: READING }))
  const { sourceId } = await check('赵六,远航,13500135000,\n孙七,远航,13600136000,\n孙七,远航,13600136001,')
  await done(handlers['contacts.importFile']({ sourceId, bringBack: false }))
  expect((await check('赵六,远航,,zhao@example.com\n孙七,远航,,sun@example.com')).rows.map(({ act }) => act)).toEqual(['extend', 'add'])
})

test('who was removed from the list is shown as such by an import, and comes back only when chosen; the undo removes them again', async () => {
  const { handlers } = await openIncident()
  const check = async (rows: string) =>
    done(handlers['contacts.checkFile']({ source: fileWith('rows.csv', `姓名,公司,手机\n${rows}`), reading: READING }))
  const names = async () => (await done(handlers['contacts.list']({ removed: false }))).map(({ name, channels }) => [name, channels.length])
  const first = await check('钱进,,13800138000\n周敏,,13900139000')
  await done(handlers['contacts.importFile']({ sourceId: first.sourceId, bringBack: false }))
  const left = (await done(handlers['contacts.list']({ removed: false }))).find(({ name }) => name === '钱进')
  await done(handlers['contacts.remove']({ contactIds: [left?.id ?? ''], removed: true }))

  const rows = '钱进,,13800138000；13700137000\n周敏,,13900139000'
  const again = await check(rows)
  expect(again.counts).toEqual({ add: 0, extend: 0, same: 1, removed: 1, refuse: 0 })
  expect(again.rows[0]).toMatchObject({ name: '钱进', act: 'removed' })
  expect(await done(handlers['contacts.importFile']({ sourceId: again.sourceId, bringBack: false }))).toEqual({
    added: 0,
    broughtBack: 0,
    extended: 0,
    skipped: 1,
    contacts: [],
  })
  expect(await names()).toEqual([['周敏', 1]])

  const chosen = await done(handlers['contacts.importFile']({ sourceId: (await check(rows)).sourceId, bringBack: true }))
  expect(chosen).toMatchObject({ added: 0, broughtBack: 1, extended: 0, contacts: [{ contactId: left?.id }] })
  expect(await names()).toEqual([
    ['钱进', 2],
    ['周敏', 1],
  ])
  await done(handlers['contacts.undoImport']({ contacts: chosen.contacts }))
  expect(await names()).toEqual([['周敏', 1]])
  const all = await done(handlers['contacts.list']({ removed: true }))
  expect(all.find(({ id }) => id === left?.id)?.channels).toHaveLength(1)
})

test('the undo of an import keeps whom somebody has changed since, and says how many', async () => {
  const { handlers } = await openIncident()
  const rows = fileWith('rows.csv', '姓名,手机\n钱进,13800138000\n周敏,13900139000\n吴越,13700137000')
  const { sourceId } = await done(handlers['contacts.checkFile']({ source: rows, reading: READING }))
  const { contacts } = await done(handlers['contacts.importFile']({ sourceId, bringBack: false }))
  const [first, second] = await done(handlers['contacts.list']({ removed: false }))
  const channel = second?.channels[0]
  await done(handlers['contacts.revise']({ contactId: first?.id ?? '', change: { note: '夜间值班' } }))
  await done(
    handlers['contacts.verifyChannel']({
      contactId: second?.id ?? '',
      channelId: channel?.id ?? '',
      address: channel?.address ?? '',
      how: 'answered',
    }),
  )
  expect(await done(handlers['contacts.undoImport']({ contacts }))).toEqual({ kept: 2 })
  const left = await done(handlers['contacts.list']({ removed: false }))
  expect(left.map(({ id, channels }) => [id, channels.length])).toEqual([
    [first?.id, 1],
    [second?.id, 1],
  ])
})

test('lines after the 5,000th are counted', async () => {
  const { handlers } = await openIncident()
  const table = `姓名,手机\n${Array.from({ length: 5003 }, (_, index) => `人${index},`).join('\n')}`
  const rows = await done(handlers['contacts.checkFile']({ source: fileWith('rows.csv', table), reading: READING }))
  expect([rows.counts.add, rows.left]).toEqual([5000, 3])
  const cards = fileWith('book.vcf', 'BEGIN:VCARD\nFN:x\nEND:VCARD\n'.repeat(5002))
  expect((await done(handlers['contacts.checkFile']({ source: cards, reading: READING }))).left).toBe(2)
})

const LABEL = '本人 13800138000，助理 13912345678'

test('a label that was read masked is written as it was: when its channel is moved, and when it is put back', async () => {
  const { handlers, dataFolder } = await openIncident()
  const contact = { name: '钱进', organization: '', position: '', department: null, layer: null, note: '', memberId: null }
  const channel = (kind: 'mobile' | 'email', address: string, label: string) => ({ kind, address, label }) as const
  const { id } = await done(
    handlers['contacts.add']({
      contact,
      channels: [channel('email', 'qian@example.com', ''), channel('mobile', '13800138000', LABEL)],
    }),
  )
  const read = async () => (await done(handlers['contacts.list']({ removed: false })))[0]?.channels ?? []
  const shown = (await read())[1]
  if (!shown) throw new Error('no channel')
  expect(shown.label).toContain('****')
  const { kind, address, label } = shown
  const put = (at: number) =>
    done(handlers['contacts.setChannel']({ contactId: id, channelId: shown.id, channel: { kind, address, label }, at }))
  await put(0)
  expect((await read())[0]?.label).toBe(label)
  await done(handlers['contacts.removeChannel']({ contactId: id, channelId: shown.id }))
  await put(0)
  expect((await read())[0]?.label).toBe(label)
  const db = new Database(join(dataFolder, 'replica.db'), { readonly: true })
  const written = db.prepare<[], string>('SELECT bytes FROM record UNION ALL SELECT bytes FROM outbox').pluck().all()
  db.close()
  const labels = written.filter((bytes) => bytes.includes('contact.set-channel')).map((bytes) => /"label":"([^"]*)"/u.exec(bytes)?.[1])
  expect(labels).toEqual([LABEL, LABEL])
})

test('a label with a number comes back after its channel was removed, on a device that has no log of it', async () => {
  const { handlers, dataFolder } = await openIncident()
  const contact = { name: '钱进', organization: '', position: '', department: null, layer: null, note: '', memberId: null }
  const { id } = await done(handlers['contacts.add']({ contact, channels: [{ kind: 'email', address: 'qian@example.com', label: LABEL }] }))
  const read = async () => (await done(handlers['contacts.list']({ removed: false })))[0]
  while ((await read())?.pending === true) await new Promise((resolve) => void setTimeout(resolve, 20))
  // A device that began from a snapshot stores no records before it.
  const db = new Database(join(dataFolder, 'replica.db'))
  db.prepare('DELETE FROM record WHERE instr(bytes, ?) > 0').run(id)
  db.close()
  const shown = (await read())?.channels[0]
  if (!shown) throw new Error('no channel')
  const { kind, address, label } = shown
  await done(handlers['contacts.removeChannel']({ contactId: id, channelId: shown.id }))
  await done(handlers['contacts.setChannel']({ contactId: id, channelId: shown.id, channel: { kind, address, label } }))
  expect((await read())?.channels[0]?.label).toBe(label)
})

test('an uploaded file is removed after its import, when it cannot be read, and when three others came after it', async () => {
  const { handlers, dataFolder } = await openIncident()
  const upload = async (text: string) => {
    const bytes = Buffer.from(text)
    const { uploadId } = await done(handlers['files.begin']({ name: 'book.csv', size: bytes.byteLength, mime: 'text/csv' }))
    await done(handlers['files.write']({ uploadId, offset: 0, bytes }))
    return uploadId
  }
  const check = (uploadId: string) => handlers['contacts.checkFile']({ source: { uploadId }, reading: READING })
  const onDisk = () => readdirSync(join(dataFolder, 'uploads')).toSorted()
  const table = (name: string) => `姓名,手机\n${name},13800138000\n`
  const first = await upload(table('钱进'))
  await done(check(first))
  expect(onDisk()).toEqual([first])
  await done(handlers['contacts.importFile']({ sourceId: first, bringBack: false }))
  expect(onDisk()).toEqual([])
  expect((await refused(handlers['contacts.importFile']({ sourceId: first, bringBack: false }))).code).toBe('import-unknown')
  expect((await refused(check(await upload('PK\u0003\u0004broken')))).code).toBe('table-unreadable')
  expect(onDisk()).toEqual([])
  const ids: string[] = []
  for (const name of ['甲', '乙', '丙', '丁']) {
    ids.push(await upload(table(name)))
    await done(check(ids.at(-1) ?? ''))
  }
  expect(onDisk()).toEqual(ids.slice(1).toSorted())
  expect((await refused(handlers['contacts.importFile']({ sourceId: ids[0] ?? '', bringBack: false }))).code).toBe('import-unknown')
  // A file of the user's own is never deleted.
  const own = fileWith('own.csv', table('戊'))
  const { sourceId } = await done(handlers['contacts.checkFile']({ source: own, reading: READING }))
  await done(handlers['contacts.importFile']({ sourceId, bringBack: false }))
  expect('path' in own && existsSync(own.path)).toBe(true)
})

test('a channel is proved, moved and mended; the mark goes with the address', async () => {
  const { handlers } = await openIncident()
  const contact = { name: '钱进', organization: '', position: '', department: null, layer: 'decision', note: '', memberId: null } as const
  const { id } = await done(handlers['contacts.add']({ contact, channels: [{ kind: 'mobile', address: '13800138000', label: '' }] }))
  const bad = await refused(handlers['contacts.setChannel']({ contactId: id, channel: { kind: 'email', address: 'a@b, c@d', label: '' } }))
  expect([bad.code, bad.params['problem']]).toEqual(['contact-address', 'several-emails'])
  const two = await done(
    handlers['contacts.setChannel']({ contactId: id, channel: { kind: 'email', address: 'qian@example.com', label: '' }, at: 0 }),
  )
  const [mail, mobile] = two.channels
  expect([mail?.kind, mobile?.kind]).toEqual(['email', 'mobile'])
  const verify = { contactId: id, channelId: mobile?.id ?? '', address: mobile?.address ?? '' }
  const proved = await done(handlers['contacts.verifyChannel']({ ...verify, how: 'answered' }))
  expect(proved.channels[1]).toMatchObject({ verified: { how: 'answered' }, verifiedByName: '林舟' })
  const moved = await done(
    handlers['contacts.setChannel']({
      contactId: id,
      channelId: mobile?.id,
      channel: { kind: 'mobile', address: '13900139000', label: '夜间' },
    }),
  )
  expect(moved.channels[1]).toMatchObject({ address: '+8613900139000', label: '夜间', verified: null })
  expect((await refused(handlers['contacts.verifyChannel']({ ...verify, how: 'answered' }))).code).toBe('changed-meanwhile')
})

test('a table whose columns are named otherwise is read as it is said to be, and a broken one says what is wrong', async () => {
  const { handlers } = await openIncident()
  const source = fileWith(
    'people.csv',
    'First Name,Last Name,Handy,Work Phone\nAna,Gómez,+1 415 555 2671,+86 21 6888 8888\n三,张,13800138000,\n',
  )
  const check = await done(handlers['contacts.checkFile']({ source, reading: READING }))
  expect(check.rows.map(({ name, channels }) => [name, channels.length])).toEqual([
    ['Ana Gómez', 1],
    ['张三', 0],
  ])
  const mapping = { ...check.mapping, Handy: 'mobile' } as const
  const said = await done(handlers['contacts.checkFile']({ source: { uploadId: check.sourceId }, mapping, reading: READING }))
  expect(said.rows.map(({ channels }) => channels.length)).toEqual([2, 1])
  expect(
    (await refused(handlers['contacts.checkFile']({ source: fileWith('x.xlsx', 'PK\u0003\u0004broken'), reading: READING }))).code,
  ).toBe('table-unreadable')
})
