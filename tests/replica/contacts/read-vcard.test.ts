import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contactOfCard } from '#replica/contacts/contact-rows.ts'
import { cardText, isCardFile, readCards } from '#replica/contacts/read-vcard.ts'

const read = (text: string) => readCards(text).cards.map(contactOfCard)

/** As written by an old phone: vCard 2.1, quoted-printable UTF-8 with a soft line break within the name. */
const OLD_PHONE = [
  'BEGIN:VCARD',
  'VERSION:2.1',
  'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=B8=89;;;',
  'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=',
  '=E4=B8=89',
  'TEL;CELL;PREF:13800138000',
  'TEL;WORK;FAX:021-68888889',
  'END:VCARD',
].join('\r\n')

const MODERN = [
  'BEGIN:VCARD',
  'VERSION:4.0',
  'FN:Dr. Ana Gómez',
  'N:Gómez;Ana;;Dr.;',
  'ORG:Acme\\, Inc.;Legal',
  'TITLE:General Counsel',
  'item1.TEL;VALUE=uri;TYPE="cell,voice";PREF=1:tel:+1-415-555-2671',
  'EMAIL;TYPE=work:ana@',
  ' example.com',
  'NOTE:call before 22:00\\nthen mail',
  'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ',
  'END:VCARD',
].join('\n')

test('an address book of an old phone is read: quoted-printable, soft breaks, bare types; a fax is no channel', () => {
  const [contact] = read(OLD_PHONE)
  expect(contact).toMatchObject({ ok: true, name: '张三', line: 1 })
  expect(contact?.ok && contact.channels).toEqual([{ kind: 'mobile', address: '+8613800138000', label: '' }])
})

test('an address book of today is read: folded lines, escapes, groups, types in quotes, numbers as links', () => {
  const [contact] = read(MODERN)
  expect(contact?.ok && contact.fields).toEqual({
    name: 'Dr. Ana Gómez',
    organization: 'Acme, Inc.',
    position: 'General Counsel',
    department: 'legal',
    layer: null,
    note: 'call before 22:00\nthen mail',
    memberId: null,
  })
  expect(contact?.ok && contact.channels.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
    'mobile +14155552671',
    'email ana@example.com',
  ])
})

test('several cards, one that never ends, and one without a name each become what they can', () => {
  const contacts = read(`${OLD_PHONE}\nBEGIN:VCARD\nTEL:95588\nEND:VCARD\nBEGIN:VCARD\nFN:李四\nTEL:12`)
  expect(contacts.map((one) => (one.ok ? one.name : one.problem))).toEqual(['张三', 'name-missing', '李四'])
  expect(contacts[2]?.cells).toEqual([{ text: '12', kind: 'landline', problem: 'not-a-number' }])
  expect(contacts[1]?.line).toBe(9)
})

test('values stand without the white space around them', () => {
  const [card] = readCards('BEGIN:VCARD\nORG: Acme ; Legal\\; Tax \nEND:VCARD').cards
  expect(card?.properties[0]?.values).toEqual(['Acme', 'Legal; Tax'])
})

test('the extension of a number in a URI is kept, its other parameters are not', () => {
  const [contact] = read(
    [
      'BEGIN:VCARD',
      'FN:前台',
      'TEL;VALUE=uri;TYPE=work:tel:+86-21-68888888;ext=802',
      'TEL;VALUE=uri:tel:95588;ext=1;phone-context=+86',
      'TEL:010-88888888;',
      'END:VCARD',
    ].join('\n'),
  )
  expect(contact?.ok && contact.channels.map(({ address }) => address)).toEqual(['+862168888888;ext=802', '95588;ext=1', '+861088888888'])
})

test('long folded properties are read once, and those that hold files not at all', () => {
  const folded = (name: string, lines: number) => `${name}:${'x'.repeat(70)}\n${` ${'x'.repeat(74)}\n`.repeat(lines)}`
  // 10 MB each: with quadratic work the test would not finish.
  const file = `BEGIN:VCARD\n${folded('item1.PHOTO;ENCODING=b', 140_000)}${folded('NOTE', 140_000)}FN:张三\nEND:VCARD`
  const [card] = readCards(file).cards
  expect(card?.properties.map(({ name, values }) => [name, values[0]?.length])).toEqual([
    ['NOTE', 70 + 140_000 * 74],
    ['FN', 2],
  ])
  expect(read(`BEGIN:VCARD\nFN;CHARSET=UTF-8;\n ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=\n=E4=B8=89\nEND:VCARD`)[0]?.name).toBe('张三')
})

test('GBK, UTF-16 and a byte order mark are understood', () => {
  const gbk = Buffer.from([...Buffer.from('BEGIN:VCARD\nFN:'), 0xd5, 0xc5, 0xc8, 0xfd, ...Buffer.from('\nEND:VCARD')])
  expect(read(cardText(gbk))[0]?.name).toBe('张三')
  const wide = Buffer.from('\uFEFFBEGIN:VCARD\nFN:张三\nEND:VCARD', 'utf16le')
  expect(isCardFile(cardText(wide))).toBe(true)
  expect(read(cardText(wide))[0]?.name).toBe('张三')
  expect(isCardFile('姓名,手机')).toBe(false)
})

test('no text makes it throw, and no more than 5,000 cards are taken', () => {
  const words = fc.constantFrom(
    'BEGIN:VCARD',
    'END:VCARD',
    'FN:',
    'TEL;',
    'ENCODING=QUOTED-PRINTABLE:',
    '=E5',
    '=',
    '\n',
    ' ',
    ';',
    ':',
    '\\',
    '"',
    '张',
    'CHARSET=nope',
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (parts) => {
      read(parts.join(''))
    }),
  )
  const many = readCards('BEGIN:VCARD\nFN:x\nEND:VCARD\n'.repeat(5001))
  expect([many.cards.length, many.left]).toEqual([5000, 1])
})
