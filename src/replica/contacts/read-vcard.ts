import { isUtf8 } from 'node:buffer'
import { encodingOfMark } from '../tables/read/detect-encoding.ts'

/** One card of a file: its line and its recognized properties in the order of the file. */
export type Card = { line: number; properties: readonly CardProperty[] }

/** `types` are in lower case: `cell`, `work`, `pref`. */
export type CardProperty = { name: string; types: ReadonlySet<string>; values: readonly string[] }

/** `left`: cards after the first 5,000, which are not read. */
export type CardFile = { cards: readonly Card[]; left: number }

/** Maximum number of cards. A larger address book should be imported as a table. */
const MAX_CARDS = 5000

/** Properties that hold files, often megabytes of base64. A contact has no use for them. */
const FILES = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]/iu

type Line = { number: number; text: string }

/** A logical line that is being read. `quoted`: whether it is quoted-printable; null until its parameters are complete. */
type OpenLine = { number: number; pieces: string[]; last: string; quoted: boolean | null; skipped: boolean }

const isQuoted = (parameters: string) => /ENCODING=QUOTED-PRINTABLE|;QUOTED-PRINTABLE/iu.test(parameters)

/**
 * Joins physical lines into logical ones: a line that begins with white space continues the one before (RFC 6350 §3.2), and a
 * quoted-printable line that ends in `=` continues in the next (vCard 2.1, as old phones write it). Each physical line is read once, so
 * that a long folded property takes linear time. Properties of {@link FILES} are left out.
 */
function* unfold(text: string): Generator<Line> {
  let open: OpenLine | null = null
  for (const [index, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const soft: boolean = open?.quoted === true && open.last.endsWith('=')
    if (open && (soft || /^[ \t]/u.test(raw))) {
      const piece: string = soft ? raw : raw.slice(1)
      if (!open.skipped) {
        if (soft) open.pieces[open.pieces.length - 1] = open.last.slice(0, -1)
        open.pieces.push(piece)
      }
      open.last = piece
    } else if (raw !== '') {
      if (open && !open.skipped) yield { number: open.number, text: open.pieces.join('') }
      open = { number: index + 1, pieces: [raw], last: raw, quoted: null, skipped: FILES.test(raw) }
    }
    if (open && open.quoted === null && open.last.includes(':')) open.quoted = isQuoted(open.pieces.join('').split(':', 1)[0] ?? '')
  }
  if (open && !open.skipped) yield { number: open.number, text: open.pieces.join('') }
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
  const values: string[] = []
  let value = ''
  let from = 0
  for (let place = 0; place < text.length; place += 1) {
    if (text[place] === ';') {
      values.push(value + text.slice(from, place))
      value = ''
      from = place + 1
    } else if (text[place] === '\\' && place + 1 < text.length) {
      const escaped = text[place + 1] ?? ''
      value += text.slice(from, place) + (/[nN]/u.test(escaped) ? '\n' : escaped)
      place += 1
      from = place + 1
    }
  }
  return [...values, value + text.slice(from)].map((one) => one.trim())
}

/** Where the parameters end: the first `:` outside quotes. */
function endOfParameters(text: string): number {
  let quoted = false
  for (let place = 0; place < text.length; place += 1) {
    if (text[place] === '"') quoted = !quoted
    if (text[place] === ':' && !quoted) return place
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
 * @returns the cards in the order of the file, at most 5,000
 */
export function readCards(text: string): CardFile {
  const cards: { line: number; properties: CardProperty[] }[] = []
  let open: { line: number; properties: CardProperty[] } | null = null
  let left = 0
  for (const { number, text: line } of unfold(text.replace(/^\uFEFF/u, ''))) {
    if (/^\s*BEGIN\s*:\s*VCARD\s*$/iu.test(line)) {
      open = { line: number, properties: [] }
      if (cards.length < MAX_CARDS) cards.push(open)
      else {
        left += 1
        open = null
      }
    } else if (/^\s*END\s*:\s*VCARD\s*$/iu.test(line)) open = null
    else if (open) {
      const property = readProperty(line)
      if (property) open.properties.push(property)
    }
  }
  return { cards, left }
}
