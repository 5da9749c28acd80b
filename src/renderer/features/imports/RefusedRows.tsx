import type { ImportCheck } from '#contract/import-api.ts'
import { DataTable } from '#ui/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { useImportWords } from './import-words.ts'
import styles from './ImportTable.module.css'

type RefusedRow = ImportCheck['refusedRows'][number]

/** Rows that will not be imported: line number, reason, and content. */
export function RefusedRows({ check, columns }: { check: ImportCheck; columns: readonly string[] }) {
  const { t, i18n } = useTranslation('imports')
  const words = useImportWords()
  const hidden = check.refused - check.refusedRows.length
  return (
    <section>
      <h3 className={styles['title']}>{t('refused.title')}</h3>
      <DataTable
        label={t('refused.title')}
        rows={check.refusedRows}
        rowKey={(row) => row.line}
        framed
        columns={[
          { id: 'line', head: t('refused.line'), render: (row) => <span data-digits>{row.line}</span> },
          {
            id: 'reason',
            head: t('refused.reason'),
            width: '260px',
            render: (row) => <span className={styles['reason']}>{words.row(row.code, row.params)}</span>,
          },
          ...columns.map((column, index) => ({
            id: `column ${column}`,
            head: column,
            render: (row: RefusedRow) => <div className={styles['cell']}>{row.cells[index]}</div>,
          })),
        ]}
      />
      {hidden > 0 && <p className={styles['more']}>{t('refused.more', { number: hidden.toLocaleString(i18n.language) })}</p>}
    </section>
  )
}
