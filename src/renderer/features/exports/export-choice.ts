import { ExportEntries, ExportPart } from '#contract/file-api.ts'

/** The content of an export or print. */
export type ExportChoice = { entries: ExportEntries; parts: ExportPart[]; ids: boolean }

export const WHOLE_INCIDENT: ExportChoice = { entries: 'all', parts: [...ExportPart.options], ids: false }

/** The choice as query parameters of the print page; by default everything is printed. */
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
