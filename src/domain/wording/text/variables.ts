/** Variables that every team has; a team may add names of its own. */
export const KNOWN_VARIABLES = ['brand', 'product', 'hotline', 'deadline', 'owner', 'channel', 'link', 'time', 'order', 'agent'] as const

/** The form of a name, also of those a team adds: a lower-case letter, then letters, digits and low lines, at most 31 in all. */
export const VARIABLE_NAME = /^[a-z][a-z0-9_]{0,30}$/
const LONGEST = 31

/** A part of a text, [start, end). The parts of a text follow each other without gaps. */
export type TextPart =
  | { kind: 'text'; start: number; end: number }
  | { kind: 'variable'; start: number; end: number; name: string }
  /** A brace that does not belong to a variable, with what it encloses on its line, if it is closed. */
  | { kind: 'malformed'; start: number; end: number }

const OPEN = new Set('{｛')
const CLOSE = new Set('}｝')

/** The end of what an opening brace at `start` encloses, after the closing brace; -1 if it is not closed nearby. */
function closedAt(text: string, start: number): number {
  for (let at = start + 1; at < text.length && at <= start + LONGEST + 9; at += 1) {
    const sign = text[at] ?? ''
    if (CLOSE.has(sign)) return at + 1
    if (OPEN.has(sign) || sign === '\n') return -1
  }
  return -1
}

/**
 * Splits a text into words and variables `{name}`. The syntax is closed: there is no escape, no default value and no nesting.
 * Total; each character is visited a bounded number of times.
 */
export function parseVariables(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  const pass = (to: number) => {
    if (to > from) parts.push({ kind: 'text', start: from, end: to })
  }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (!OPEN.has(sign) && !CLOSE.has(sign)) continue
    pass(at)
    const end = OPEN.has(sign) ? closedAt(text, at) : -1
    const name = text.slice(at + 1, end - 1)
    if (end > 0 && sign === '{' && text[end - 1] === '}' && VARIABLE_NAME.test(name)) {
      parts.push({ kind: 'variable', start: at, end, name })
    } else parts.push({ kind: 'malformed', start: at, end: end > 0 ? end : at + 1 })
    from = end > 0 ? end : at + 1
    at = from - 1
  }
  pass(text.length)
  return parts
}

/** The names of the variables in a text, each once, in the order of the text. */
export function variableNames(text: string): string[] {
  return [...new Set(parseVariables(text).flatMap((part) => (part.kind === 'variable' ? [part.name] : [])))]
}

export type Filled = { ok: true; text: string } | { ok: false; missing: string[]; malformed: { start: number; end: number }[] }

/**
 * Replaces variables by their values. A value is inserted as it is: a variable inside it is not replaced.
 * @param values by name; an empty value counts as missing
 * @returns the text; or the names without a value and the places of malformed braces, because such a text must not be read out
 */
export function fillVariables(text: string, values: Readonly<Record<string, string>>): Filled {
  const missing = new Set<string>()
  const malformed: { start: number; end: number }[] = []
  let filled = ''
  for (const part of parseVariables(text)) {
    if (part.kind === 'text') filled += text.slice(part.start, part.end)
    else if (part.kind === 'malformed') malformed.push({ start: part.start, end: part.end })
    else {
      const value = valueOf(values, part.name)
      if (value === '') missing.add(part.name)
      filled += value
    }
  }
  return missing.size === 0 && malformed.length === 0 ? { ok: true, text: filled } : { ok: false, missing: [...missing], malformed }
}

/** The value of a variable; '' if it has none or only blanks. */
export function valueOf(values: Readonly<Record<string, string>>, name: string): string {
  const value = Object.hasOwn(values, name) ? (values[name] ?? '') : ''
  return value.trim() === '' ? '' : value
}
