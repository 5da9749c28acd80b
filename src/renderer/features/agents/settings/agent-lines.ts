import { AgentName, AgentNumber, type NewAgent } from '#contract/agents-api.ts'

/** Why a line of a list names no agent that can be added. Closed list; labels: `agents:line.*`. */
export const LINE_PROBLEMS = [
  'number-missing',
  'name-missing',
  'number-long',
  'name-long',
  'vendor-long',
  'number-twice',
  'number-taken',
  'group-unknown',
] as const
export type LineProblem = (typeof LINE_PROBLEMS)[number]

/** A line of a list: the agent that it names, or what is wrong with it. `about`: the text that is wrong. */
export type AgentLine = { line: number; cells: readonly string[] } & (
  { agent: NewAgent } | { agent: null; problem: LineProblem; about: string }
)

type Known = {
  /** Groups by name, as they are written in a list. */
  groups: readonly { id: string; name: string; vendor: string | null }[]
  /** The numbers of agents that exist. */
  numbers: ReadonlySet<string>
}

/** Upper and lower case of a number are the same agent. */
export const numberKey = (number: string) => number.trim().toLowerCase()

const SEPARATORS = ['\t', ',', '，', ';', '；'] as const

/** Splits one line at its separator; a cell in quotes may contain it. */
function cellsOf(text: string, separator: string): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '"' && quoted && text.charAt(at + 1) === '"') {
      cell += char
      at += 1
    } else if (char === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    else if (char === separator && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += char
  }
  return [...cells, cell].map((one) => one.trim())
}

/** A first line without digits in its number, above lines with some, names the columns. */
const hasDigit = ([number = '']: readonly string[]) => /\d/.test(number)

/**
 * Reads a list of agents, a line each: number, name, vendor, groups (several with `/`). Separated by tabs, commas or semicolons, as
 * tables are copied or exported; a line of column names is left out. An empty vendor is that of the first group.
 */
export function readAgentLines(text: string, { groups, numbers }: Known): AgentLine[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((one, index) => ({ line: index + 1, text: one }))
    .filter((one) => one.text.trim() !== '')
  const separator = SEPARATORS.find((one) => lines.some((line) => line.text.includes(one))) ?? ','
  const rows = lines.map(({ line, text: one }) => ({ line, cells: cellsOf(one, separator) }))
  const [first, ...rest] = rows
  const named = first?.cells[0] && !hasDigit(first.cells) && rest.some(({ cells }) => hasDigit(cells)) ? rest : rows
  const seen = new Set<string>()
  return named.map(({ line, cells }): AgentLine => {
    const [number = '', name = '', vendor = '', group = ''] = cells
    const wrong = (problem: LineProblem, about: string): AgentLine => ({ line, cells, agent: null, problem, about })
    if (number === '') return wrong('number-missing', name)
    if (name === '') return wrong('name-missing', number)
    if (!AgentNumber.safeParse(number).success) return wrong('number-long', number)
    if (!AgentName.safeParse(name).success) return wrong('name-long', name)
    if (vendor.length > 80) return wrong('vendor-long', vendor)
    if (numbers.has(numberKey(number))) return wrong('number-taken', number)
    if (seen.has(numberKey(number))) return wrong('number-twice', number)
    const names = group.split('/').flatMap((one) => one.trim() || [])
    const found = names.map((one) => groups.find((known) => known.name.toLowerCase() === one.toLowerCase()))
    const unknown = names.find((_one, index) => found[index] === undefined)
    if (unknown !== undefined) return wrong('group-unknown', unknown)
    seen.add(numberKey(number))
    const ids = found.flatMap((one) => (one ? [one.id] : []))
    const company = vendor === '' ? (found[0]?.vendor ?? null) : vendor
    return { line, cells, agent: { number, name, vendor: company, groups: [...new Set(ids)] as NewAgent['groups'] } }
  })
}

/** The text of a file: UTF-8, or GB 18030, in which Chinese spreadsheets export. */
export function decodeList(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
