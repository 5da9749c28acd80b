/** Our own JSON export of an incident, brought in again: its entries are the rows. */

const MARK = /^\s*\{\s*"format"\s*:\s*"stormroom-incident"/u
/** Within a JSON text a line end stands between values alone, so that this is found in no entry. */
const ENTRIES = /\n\s*"entries"\s*:\s*\[/u

/** Characters of an export up to and with the bracket that opens its entries; null where it is no export of ours, or not within `head`. */
export function startOfEntries(head: string): number | null {
  if (!MARK.test(head)) return null
  const found = ENTRIES.exec(head)
  return found ? found.index + found[0].length : null
}

/** Whether the text is an export of ours at all. */
export function isOwnExport(head: string): boolean {
  return MARK.test(head)
}

/** An entry as a row of a table; null for what the app noted by itself, which says nothing about another incident. */
export function rowOfEntry(entry: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  if (entry['kind'] === 'system') return null
  const decision = entry['decision'] as { reason?: unknown; decidedBy?: unknown } | undefined
  const tags = Array.isArray(entry['tags']) ? entry['tags'].join(' ') : ''
  return {
    happenedAt: entry['happenedAt'],
    // Which turning point it was is a judgement of that incident.
    kind: entry['kind'] === 'turning-point' ? 'observation' : entry['kind'],
    text: entry['text'],
    tags,
    reason: decision?.reason ?? '',
    decidedBy: decision?.decidedBy ?? '',
  }
}
