import type { Cell } from '../tables/write/table-cell.ts'
import type { SheetToWrite } from '../tables/write/write-xlsx.ts'
import { entryHeader, entryRows, type EntryTable } from './entry-table.ts'
import { factsOf, type IncidentDocument } from './incident-document.ts'
import { assessmentTable, clockTable, peopleTable, taskTable } from './part-tables.ts'

/**
 * An incident as sheets: its facts, then its timeline, clocks, the parts that were chosen, and its numbers. Every sheet with
 * times names their zone above its columns, where an import looks for it.
 */
export function incidentSheets(document: IncidentDocument, ids: boolean): SheetToWrite[] {
  const { incident, words, zone, names, series } = document
  const { t } = words
  const above = [[t('exports:zone', { zone })]]
  const entries: EntryTable = { words, zone, names, ids }
  const facts: Cell[][] = [...factsOf(document), ...(incident.known === '' ? [] : [[t('exports:known'), incident.known]])]
  const numbers = series.flatMap((one) => one.data.map(([at, value]): Cell[] => [{ epochMs: at, zone }, one.name, one.unit, value]))
  return [
    { name: t('exports:heading.summary'), header: [t('incidents:column.title'), incident.title], rows: facts },
    { name: t('exports:heading.timeline'), main: true, above, header: entryHeader(words, ids), rows: entryRows(document.entries, entries) },
    { name: t('exports:clocks'), above, ...clockTable(document) },
    ...(document.tasks === null ? [] : [{ name: t('exports:heading.tasks'), above, ...taskTable(document) }]),
    ...(document.people === null ? [] : [{ name: t('exports:heading.people'), ...peopleTable(document) }]),
    ...(document.risk === null ? [] : [{ name: t('exports:heading.risk'), above, ...assessmentTable(document) }]),
    {
      name: t('exports:heading.series'),
      above,
      header: [t('imports:role.at'), t('exports:heading.name'), t('exports:heading.unit'), t('imports:role.value')],
      rows: numbers,
    },
  ]
}
