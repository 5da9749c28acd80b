import type { ImportCheck } from '#contract/import-api.ts'
import { useTranslation } from 'react-i18next'
import { useImportWords } from './import-words.ts'
import styles from './ImportTable.module.css'

/** Rows that will not be imported: line number, reason, and content. */
export function RefusedRows({ check, columns }: { check: ImportCheck; columns: readonly string[] }) {
  const { t, i18n } = useTranslation('imports')
  const words = useImportWords()
  const hidden = check.refused - check.refusedRows.length
  return (
    <section>
      <h3 className={styles['title']}>{t('refused.title')}</h3>
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('refused.title')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('refused.line')}</th>
              <th scope="col">{t('refused.reason')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {check.refusedRows.map((row) => (
              <tr key={row.line}>
                <td data-digits>{row.line}</td>
                <td className={styles['reason']}>{words.row(row.code, row.params)}</td>
                {columns.map((column, index) => (
                  <td key={column} className={styles['cell']}>
                    {row.cells[index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && <p className={styles['more']}>{t('refused.more', { number: hidden.toLocaleString(i18n.language) })}</p>}
    </section>
  )
}
