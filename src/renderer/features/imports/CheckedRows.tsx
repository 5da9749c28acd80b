import type { ImportCheck } from '#contract/import-api.ts'
import { DataTable } from '#ui/DataTable.tsx'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { formatExact } from '#ui/time/format-time.ts'
import { useTranslation } from 'react-i18next'
import styles from './ImportTable.module.css'
import type { MappingDraft } from './mapping-draft.ts'

type PreviewRow = ImportCheck['preview'][number]

/** The first rows as they will appear in the incident. */
export function CheckedRows({ check, draft }: { check: ImportCheck; draft: MappingDraft }) {
  const { t, i18n } = useTranslation('imports')
  const series = draft.target === 'numbers' ? draft.numbers.values : null
  const title = t('preview.title', { number: check.preview.length })
  return (
    <section>
      <h3 className={styles['title']}>{title}</h3>
      <DataTable
        label={title}
        rows={check.preview}
        rowKey={(row) => row.line}
        framed
        columns={[
          { id: 'line', head: t('refused.line'), render: (row) => <span data-digits>{row.line}</span> },
          { id: 'when', head: t('preview.when'), fit: true, render: (row) => formatExact(row.happenedAt, i18n.language) },
          ...(series
            ? series.map((one, index) => ({
                id: `series ${one.column}`,
                head: one.name,
                render: (row: PreviewRow) => <span data-digits>{row.values?.[index]?.toLocaleString(i18n.language) ?? '–'}</span>,
              }))
            : [
                { id: 'kind', head: t('role.kind'), render: (row: PreviewRow) => row.kind && <EntryKindMark kind={row.kind} /> },
                {
                  id: 'text',
                  head: t('role.text'),
                  width: '100%',
                  render: (row: PreviewRow) => <span className={styles['text']}>{row.text}</span>,
                },
              ]),
        ]}
      />
    </section>
  )
}
