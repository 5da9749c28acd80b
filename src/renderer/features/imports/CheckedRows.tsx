import type { ImportCheck } from '#contract/import-api.ts'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { formatExact } from '#ui/time/format-time.ts'
import { useTranslation } from 'react-i18next'
import styles from './ImportTable.module.css'
import type { MappingDraft } from './mapping-draft.ts'

/** The first rows as they will appear in the incident. */
export function CheckedRows({ check, draft }: { check: ImportCheck; draft: MappingDraft }) {
  const { t, i18n } = useTranslation('imports')
  const series = draft.target === 'numbers' ? draft.numbers.values : null
  const title = t('preview.title', { number: check.preview.length })
  return (
    <section>
      <h3 className={styles['title']}>{title}</h3>
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={title}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('refused.line')}</th>
              <th scope="col">{t('preview.when')}</th>
              {series ? (
                series.map((one) => (
                  <th key={one.column} scope="col">
                    {one.name}
                  </th>
                ))
              ) : (
                <>
                  <th scope="col">{t('role.kind')}</th>
                  <th scope="col">{t('role.text')}</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {check.preview.map((row) => (
              <tr key={row.line}>
                <td data-digits>{row.line}</td>
                <td className={styles['when']}>{formatExact(row.happenedAt, i18n.language)}</td>
                {series ? (
                  series.map((one, index) => (
                    <td key={one.column} data-digits>
                      {row.values?.[index]?.toLocaleString(i18n.language) ?? '–'}
                    </td>
                  ))
                ) : (
                  <>
                    <td>{row.kind && <EntryKindMark kind={row.kind} />}</td>
                    <td className={styles['text']}>{row.text}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
