import type { CellProblem, ContactColumn, ContactMapping, ContactRowProblem } from '#contract/contact-api.ts'
import { guessChannel, readAddress, type ChannelKind } from '#domain/contacts/channel-address.ts'
import { ContactFields, MAX_CHANNELS } from '#domain/contacts/contact.ts'
import type { Department, Layer } from '#domain/people/assignment.ts'
import type { TableRow } from '../tables/read/table-shape.ts'
import type { Card } from './read-vcard.ts'

export type ReadChannel = { kind: ChannelKind; address: string; label: string }

/** A line of a file as a contact, or why it is none. */
export type ReadContact = { line: number; name: string; cells: CellProblem[] } & (
  { ok: true; fields: ContactFields; channels: ReadChannel[] } | { ok: false; problem: ContactRowProblem }
)

const DEPARTMENT_WORDS: readonly (readonly [RegExp, Department])[] = [
  [/呼叫|客服|坐席|热线|call|customer (?:care|service)|support desk/iu, 'call-center'],
  [/社交|社媒|新媒体|social/iu, 'social-media'],
  [/公关|品牌|传播|\bpr\b|public relations|brand|communications/iu, 'pr'],
  [/法务|法律|合规|legal|compliance|counsel/iu, 'legal'],
  [/技术|研发|质量|质检|运维|technical|technology|engineering|quality|\bit\b/iu, 'technical'],
  [/业务|运营|销售|门店|产品|business|operations|sales|product/iu, 'business'],
]
const LAYER_WORDS: readonly (readonly [RegExp, Layer])[] = [
  [/决策|decision/iu, 'decision'],
  [/协调|coordinat/iu, 'coordination'],
  [/执行|execut/iu, 'execution'],
]
/** Separators of several addresses in one cell. No address contains a comma or a slash. */
const BETWEEN = /[\n;；,，、/|]+/u

const cut = (text: string | undefined, length: number) => (text ?? '').trim().slice(0, length).trim()
const has = (text: string) => /\p{Script=Han}/u.test(text)

/** Collects the fields of one line, whatever the type of file. */
function contactMaker(line: number) {
  const cells: CellProblem[] = []
  const channels: ReadChannel[] = []
  const add = (channel: ReadChannel) => {
    if (!channels.some(({ kind, address }) => kind === channel.kind && address === channel.address)) channels.push(channel)
  }
  return {
    cells,
    channels,
    /** @param sure whether the file names the kind; if not, a number that fits the other kind is taken as that */
    channel(kind: ChannelKind, text: string, label = ''): void {
      const read = readAddress(kind, text)
      if (read.ok) return add({ kind, address: read.address, label })
      const other = kind === 'mobile' || kind === 'landline' ? guessChannel(text) : null
      if (other) add({ ...other, label })
      else if (read.problem !== 'empty') cells.push({ text: text.slice(0, 80), kind, problem: read.problem })
    },
    word<Word>(kind: 'department' | 'layer', words: readonly (readonly [RegExp, Word])[], text: string): Word | null {
      if (text.trim() === '') return null
      const found = words.find(([pattern]) => pattern.test(text))?.[1]
      if (found === undefined) cells.push({ text: text.slice(0, 80), kind, problem: 'unknown-word' })
      return found ?? null
    },
    end(name: string, rest: Omit<ContactFields, 'name' | 'memberId'>): ReadContact {
      const refuse = (problem: ContactRowProblem): ReadContact => ({ line, name: name.slice(0, 80), cells, ok: false, problem })
      if (name === '') return refuse('name-missing')
      if (name.length > (ContactFields.shape.name.maxLength ?? 0)) return refuse('name-too-long')
      if (channels.length > MAX_CHANNELS) return refuse('too-many-channels')
      return { line, name, cells, ok: true, fields: { name, ...rest, memberId: null }, channels }
    },
  }
}

function wholeName(given: string, family: string): string {
  const [first, last] = [given.trim(), family.trim()]
  return has(last + first) ? `${last}${first}` : `${first} ${last}`.trim()
}

/** A row of a table as a contact. */
export function contactOfRow(row: TableRow, columns: readonly string[], mapping: ContactMapping): ReadContact {
  if (row.cells === null) return { line: row.line, name: '', cells: [], ok: false, problem: 'unreadable' }
  const texts = (field: ContactColumn) => columns.flatMap((column, index) => (mapping[column] === field ? [row.cells?.[index] ?? ''] : []))
  const text = (field: ContactColumn) => texts(field)[0] ?? ''
  const made = contactMaker(row.line)
  for (const [index, column] of columns.entries()) {
    const field = mapping[column]
    if (field === undefined || !isChannelColumn(field)) continue
    for (const part of (row.cells[index] ?? '').split(BETWEEN)) made.channel(field, part)
  }
  const name = (text('name') || wholeName(text('givenName'), text('familyName'))).replaceAll(/\s+/gu, ' ').trim()
  return made.end(name, {
    organization: cut(text('organization'), 80),
    position: cut(text('position'), 80),
    department: made.word('department', DEPARTMENT_WORDS, text('department')),
    layer: made.word('layer', LAYER_WORDS, text('layer')),
    note: cut(text('note'), 500),
  })
}

function isChannelColumn(field: ContactColumn): field is ChannelKind & ContactColumn {
  return ['mobile', 'landline', 'email', 'wecom', 'dingtalk', 'feishu'].includes(field)
}

/** The number of a TEL property. In a URI (RFC 3966) `;` separates parameters; of these only the extension belongs to the address. */
function numberOf([number = '', ...rest]: readonly string[]): string {
  const kept = rest.filter((one) => one !== '' && (/^ext=/iu.test(one) || !/^[\w-]+=/u.test(one)))
  return [number.replace(/^tel:/iu, ''), ...kept].join(';')
}

/** A card of an address book as a contact. A unit that is none of our departments is added to the position. */
export function contactOfCard({ line, properties }: Card): ReadContact {
  const all = (name: string) => properties.filter((one) => one.name === name)
  const first = (name: string) => all(name)[0]?.values ?? []
  const made = contactMaker(line)
  for (const { values, types } of all('TEL')) {
    if (types.has('fax')) continue
    const text = numberOf(values)
    const label = types.has('work') ? 'work' : types.has('home') ? 'home' : ''
    made.channel(types.has('cell') || types.has('text') ? 'mobile' : 'landline', text, label)
  }
  for (const { values } of all('EMAIL')) made.channel('email', (values[0] ?? '').replace(/^mailto:/iu, ''))
  const [family = '', given = ''] = first('N')
  const [organization, unit] = first('ORG')
  const department = unit === undefined || unit === '' ? null : (DEPARTMENT_WORDS.find(([pattern]) => pattern.test(unit))?.[1] ?? null)
  const name = (first('FN').join(' ') || wholeName(given, family)).replaceAll(/\s+/gu, ' ').trim()
  return made.end(name, {
    organization: cut(organization, 80),
    position: cut([first('TITLE')[0], department === null ? unit : undefined].filter(Boolean).join(' · '), 80),
    department,
    layer: null,
    note: cut(first('NOTE').join('; '), 500),
  })
}
