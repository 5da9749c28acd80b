/** Reads our own JSON export of an incident: its entries are the rows. */

const MARK = /^\s*\{\s*"format"\s*:\s*"stormroom-incident"/u
/** Our JSON has line ends only between values, so no entry contains this pattern. */
const ENTRIES = /\n\s*"entries"\s*:\s*\[/u

/** Length of an export up to and including the bracket that opens its entries; null if it is no export of ours, or not within `head`. */
export function startOfEntries(head: string): number | null {
  if (!MARK.test(head)) return null
  const found = ENTRIES.exec(head)
  return found ? found.index + found[0].length : null
}

/** Whether the text is an export of ours at all. */
export function isOwnExport(head: string): boolean {
  return MARK.test(head)
}

/** An entry as a row of a table; null for a system note, which is irrelevant to another incident. */
export function rowOfEntry(entry: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  if (entry['kind'] === 'system') return null
  const decision = entry['decision'] as { reason?: unknown; decidedBy?: unknown } | undefined
  const tags = Array.isArray(entry['tags']) ? entry['tags'].join(' ') : ''
  return {
    happenedAt: entry['happenedAt'],
    // The type of turning point is a judgement of that incident.
    kind: entry['kind'] === 'turning-point' ? 'observation' : entry['kind'],
    text: entry['text'],
    tags,
    reason: decision?.reason ?? '',
    decidedBy: decision?.decidedBy ?? '',
  }
}
