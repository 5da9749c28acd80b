import { isUtf8 } from 'node:buffer'
import { encodingOfMark } from '../tables/read/detect-encoding.ts'

/** One card of a file: its line and its recognized properties in the order of the file. */
export type Card = { line: number; properties: readonly CardProperty[] }

/** `types` are in lower case: `cell`, `work`, `pref`. */
export type CardProperty = { name: string; types: ReadonlySet<string>; values: readonly string[] }

export type CardFile = { cards: readonly Card[]; cut: boolean }

/** Maximum number of cards. A larger address book should be imported as a table. */
const MAX_CARDS = 5000

type Line = { number: number; text: string }

/**
 * Joins physical lines to logical ones: a line that begins with white space continues the one before (RFC 6350 §3.2), and a
 * quoted-printable line that ends in `=` continues in the next (vCard 2.1, as old phones write it).
 */
function unfold(text: string): Line[] {
  const lines: Line[] = []
  let quotedGoesOn = false
  for (const [index, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const last = lines.at(-1)
    if (last && quotedGoesOn) last.text = last.text.slice(0, -1) + raw
    else if (last && /^[ \t]/u.test(raw)) last.text += raw.slice(1)
    else if (raw !== '') lines.push({ number: index + 1, text: raw })
    const now = lines.at(-1)?.text ?? ''
    quotedGoesOn = /ENCODING=QUOTED-PRINTABLE|;QUOTED-PRINTABLE/iu.test(now.split(':', 1)[0] ?? '') && now.endsWith('=')
  }
  return lines
}

function decodeBytes(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    // A charset that no decoder knows: most such cards are plain ASCII.
    return new TextDecoder().decode(bytes)
  }
}

function decodeQuoted(text: string, charset: string): string {
  const bytes: number[] = []
  for (let place = 0; place < text.length; place += 1) {
    const code = /^=([0-9a-f]{2})/iu.exec(text.slice(place, place + 3))?.[1]
    if (code === undefined) bytes.push(...new TextEncoder().encode(text[place]))
    else {
      bytes.push(Number.parseInt(code, 16))
      place += 2
    }
  }
  return decodeBytes(Uint8Array.from(bytes), charset)
}

/** Splits at `;` and undoes backslash escapes (RFC 6350 §3.4). */
function valuesOf(text: string): string[] {
  const values = ['']
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place] ?? ''
    if (sign === ';') values.push('')
    else if (sign === '\\' && place + 1 < text.length) {
      place += 1
      values[values.length - 1] += /[nN]/u.test(text[place] ?? '') ? '\n' : (text[place] ?? '')
    } else values[values.length - 1] += sign
  }
  return values.map((value) => value.trim())
}

/** Where the parameters end: the first `:` outside quotes. */
function endOfParameters(text: string): number {
  let quoted = false
  for (const [place, sign] of [...text].entries()) {
    if (sign === '"') quoted = !quoted
    if (sign === ':' && !quoted) return place
  }
  return -1
}

function readProperty(text: string): CardProperty | null {
  const end = endOfParameters(text)
  if (end < 0) return null
  const [label = '', ...parameters] = text.slice(0, end).split(';')
  const name = (label.split('.').at(-1) ?? '').toUpperCase()
  const types = new Set<string>()
  let encoding = ''
  let charset = 'utf-8'
  for (const parameter of parameters) {
    const [key = '', value] = parameter.split('=')
    if (/^encoding$/iu.test(key)) encoding = (value ?? '').toLowerCase()
    else if (/^charset$/iu.test(key)) charset = value ?? charset
    else if (/^(?:quoted-printable|base64)$/iu.test(key) && value === undefined) encoding = key.toLowerCase()
    else if (/^type$/iu.test(key)) for (const type of (value ?? '').replaceAll('"', '').split(',')) types.add(type.toLowerCase())
    else if (value === undefined) types.add(key.toLowerCase())
    else if (/^pref$/iu.test(key)) types.add('pref')
  }
  const raw = text.slice(end + 1)
  if (encoding === 'quoted-printable') return { name, types, values: valuesOf(decodeQuoted(raw, charset)) }
  if (encoding === 'b' || encoding === 'base64') return { name, types, values: [decodeBytes(Buffer.from(raw, 'base64'), charset)] }
  return { name, types, values: valuesOf(raw) }
}

/** The text of an address book: by its byte order mark, else UTF-8, else GB18030, as Chinese phones and mail programs write it. */
export function cardText(bytes: Buffer): string {
  const mark = encodingOfMark(bytes)
  return new TextDecoder(mark ?? (isUtf8(bytes) ? 'utf-8' : 'gb18030')).decode(bytes)
}

/** Whether a text begins as a vCard file does. */
export function isCardFile(text: string): boolean {
  return /^\uFEFF?\s*BEGIN:VCARD/iu.test(text)
}

/**
 * Reads an address book: vCard 2.1, 3.0 and 4.0 (RFC 2426, 6350). An unterminated card keeps what was read; unreadable
 * properties are skipped. Never throws.
 * @returns the cards in the order of the file; `cut` if there are more than 5,000
 */
export function readCards(text: string): CardFile {
  const cards: { line: number; properties: CardProperty[] }[] = []
  let open: { line: number; properties: CardProperty[] } | null = null
  for (const { number, text: line } of unfold(text.replace(/^\uFEFF/u, ''))) {
    if (/^\s*BEGIN\s*:\s*VCARD\s*$/iu.test(line)) {
      if (cards.length === MAX_CARDS) return { cards, cut: true }
      open = { line: number, properties: [] }
      cards.push(open)
    } else if (/^\s*END\s*:\s*VCARD\s*$/iu.test(line)) open = null
    else if (open) {
      const property = readProperty(line)
      if (property) open.properties.push(property)
    }
  }
  return { cards, cut: false }
}
