import { ExportEntries, ExportPart } from '#contract/file-api.ts'

/** What goes into a file or onto paper. */
export type ExportChoice = { entries: ExportEntries; parts: ExportPart[]; ids: boolean }

export const WHOLE_INCIDENT: ExportChoice = { entries: 'all', parts: [...ExportPart.options], ids: false }

/** The choice as the address of the page to print has it; what is left out there is printed. */
export function printQuery({ entries, parts }: ExportChoice): string {
  const without = ExportPart.options.filter((part) => !parts.includes(part))
  const query = new URLSearchParams({
    ...(entries === 'all' ? {} : { entries }),
    ...(without.length > 0 ? { without: without.join(' ') } : {}),
  }).toString()
  return query === '' ? '' : `?${query}`
}

export function readPrintQuery(query: URLSearchParams): ExportChoice {
  const without = (query.get('without') ?? '').split(' ')
  return {
    entries: query.get('entries') === 'starred' ? 'starred' : 'all',
    parts: ExportPart.options.filter((part) => !without.includes(part)),
    ids: false,
  }
}
