import { isOwnExport, startOfEntries } from './own-export.ts'
import { refuse } from '../table-problem.ts'
import { MAX_JSON_DEPTH, MAX_ROW_LENGTH } from './table-limits.ts'

/** The text of one row of a JSON file, not yet parsed. */
export interface JsonPiece {
  /** True for an entry of our own export. */
  readonly own: boolean
  readonly line: number
  readonly text: string
}

/** Characters searched for the layout; `"rows": [` must begin within them. */
const LAYOUT_LENGTH = 64 * 1024

/** `{ … "rows": [`, with only simple members before it. */
const WRAPPED = /^\s*\{(?:\s*"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[-+.\w]+)\s*,)*\s*"rows"\s*:\s*\[/u
const ARRAY = /^\s*\[/u

/**
 * Splits JSON text into its rows, keeping one at a time, for three layouts: an array; an object with `"rows": [ … ]` (or our own export
 * with its entries), whose other members are skipped; and consecutive values (JSON Lines). Depth is checked here, before the text
 * reaches a recursive parser.
 * Refuses: bad-json, json-too-deep, row-too-long, each with its line.
 */
export async function* splitJson(text: AsyncIterable<string>): AsyncGenerator<readonly JsonPiece[]> {
  let head = ''
  let scanner: RowScanner | null = null
  for await (const chunk of text) {
    if (scanner !== null) {
      yield* scanner.scan(chunk)
      continue
    }
    head += chunk
    if (head.length < LAYOUT_LENGTH) continue
    scanner = new RowScanner(head)
    yield* scanner.scan(head)
  }
  if (scanner === null) {
    scanner = new RowScanner(head)
    yield* scanner.scan(head)
  }
  yield* scanner.finish()
}

class RowScanner {
  readonly #layout: 'array' | 'wrapped' | 'lines'
  /** Characters of the first chunk up to and including the opening bracket. */
  #skip: number
  readonly #own: boolean
  #line = 1
  #closed = false
  /** What may come next between two rows of an array. */
  #expected: 'value or end' | 'value' | 'comma or end' = 'value or end'
  #pieces: JsonPiece[] = []

  #inRow = false
  /** The part of the row from earlier chunks. */
  #held = ''
  #rowLine = 1
  #depth = 0
  #inString = false
  #escaped = false

  constructor(head: string) {
    const own = startOfEntries(head)
    const opening = WRAPPED.exec(head) ?? ARRAY.exec(head)
    if (own === null && isOwnExport(head)) refuse('bad-json')
    this.#layout = own !== null ? 'wrapped' : opening === null ? 'lines' : opening[0].trimStart().startsWith('{') ? 'wrapped' : 'array'
    this.#own = own !== null
    this.#skip = own ?? opening?.[0].length ?? 0
  }

  *scan(chunk: string): Generator<readonly JsonPiece[]> {
    try {
      this.#scanChunk(chunk)
    } finally {
      yield this.#give()
    }
  }

  *finish(): Generator<readonly JsonPiece[]> {
    if (this.#inRow) {
      const complete = this.#layout === 'lines' && this.#depth === 0 && !this.#inString
      if (!complete) refuse('bad-json', {}, this.#rowLine)
      this.#finishRow('')
    } else if (this.#layout !== 'lines' && !this.#closed) {
      refuse('bad-json', {}, this.#line)
    }
    yield this.#give()
  }

  #give(): readonly JsonPiece[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces
  }

  #scanChunk(chunk: string): void {
    let start = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const character = chunk.charAt(at)
      if (character === '\n') this.#line += 1
      if (this.#skip > 0) {
        this.#skip -= 1
        continue
      }
      if (!this.#inRow && this.#beginsRow(character)) {
        this.#inRow = true
        this.#rowLine = this.#line
        start = at
      }
      if (!this.#inRow) continue
      const end = this.#readRow(character)
      if (end === 'goes on') continue
      this.#finishRow(chunk.slice(start, end === 'with this' ? at + 1 : at))
      if (end === 'before this') this.#beginsRow(character)
    }
    if (this.#inRow) {
      this.#held += chunk.slice(start)
      if (this.#held.length > MAX_ROW_LENGTH) refuse('row-too-long', {}, this.#rowLine)
    }
  }

  #finishRow(end: string): void {
    this.#pieces.push({ own: this.#own, line: this.#rowLine, text: this.#held + end })
    this.#inRow = false
    this.#held = ''
    this.#expected = 'comma or end'
  }

  /** Reads one character between two rows; true if a row begins with it. */
  #beginsRow(character: string): boolean {
    if (isBlank(character) || (this.#closed && this.#layout === 'wrapped')) return false
    if (this.#closed) refuse('bad-json', {}, this.#line)
    if (this.#layout === 'lines') {
      if (character === ',' || character === ']' || character === '}') refuse('bad-json', {}, this.#line)
      return true
    }
    if (character === ',') {
      if (this.#expected !== 'comma or end') refuse('bad-json', {}, this.#line)
      this.#expected = 'value'
      return false
    }
    if (character === ']') {
      if (this.#expected === 'value') refuse('bad-json', {}, this.#line)
      this.#closed = true
      return false
    }
    if (this.#expected === 'comma or end') refuse('bad-json', {}, this.#line)
    return true
  }

  /** Reads one character of a row and returns whether the row ends with it or ended before it. */
  #readRow(character: string): 'goes on' | 'with this' | 'before this' {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (character === '\\') this.#escaped = true
      else if (character === '"') {
        this.#inString = false
        if (this.#depth === 0) return 'with this'
      }
      return 'goes on'
    }
    switch (character) {
      case '"':
        this.#inString = true
        return 'goes on'
      case '{':
      case '[':
        this.#depth += 1
        if (this.#depth > MAX_JSON_DEPTH) refuse('json-too-deep', { limit: MAX_JSON_DEPTH }, this.#rowLine)
        return 'goes on'
      case '}':
      case ']':
        if (this.#depth === 0) return 'before this'
        this.#depth -= 1
        return this.#depth === 0 ? 'with this' : 'goes on'
      default:
        return this.#depth === 0 && (character === ',' || isBlank(character)) ? 'before this' : 'goes on'
    }
  }
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t'
}
