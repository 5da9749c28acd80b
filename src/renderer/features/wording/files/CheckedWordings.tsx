import type { CheckedWording, WordingFileCheck } from '#contract/wording-file-api.ts'
import { useTranslation } from 'react-i18next'
import classes from './ImportWordings.module.css'

/** The result of a check for each text of a file; texts that need attention first. */
export function CheckedWordings({ check }: { check: WordingFileCheck }) {
  const { t } = useTranslation('wording-files')
  const total = Object.values(check.counts).reduce((sum, count) => sum + count, 0)
  if (total === 0) return <p className={classes['none']}>{t('noTexts')}</p>
  return (
    <>
      {check.counts.overwrite > 0 && <p className={classes['late']}>{t('ahead', { count: check.counts.overwrite })}</p>}
      <div className={classes['checked']} tabIndex={0} role="region" aria-label={t('rows')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('line')}</th>
              <th scope="col">{t('wording:column.text')}</th>
              <th scope="col">{t('wording:column.place')}</th>
              <th scope="col">{t('what')}</th>
            </tr>
          </thead>
          <tbody>
            {check.rows.map((row) => (
              // A line of a matrix has several texts.
              <tr key={`${row.line} ${row.title}`}>
                <td data-digits>{row.line}</td>
                <td>
                  <b>{row.title || t('untitled')}</b>
                  {row.core !== '' && <span className={classes['core']}>{row.core}</span>}
                  {row.parts + row.objections + row.variants > 0 && (
                    <small>
                      {[
                        row.parts > 0 && t('parts', { count: row.parts }),
                        row.objections > 0 && t('objections', { count: row.objections }),
                        row.variants > 0 && t('variants', { count: row.variants }),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  )}
                </td>
                <td>
                  {[row.kind && t(`wording:kind.${row.kind}`), row.scenario, row.emotion && t(`wording:emotion.${row.emotion}`)]
                    .filter(Boolean)
                    .join(' · ')}
                </td>
                <td>
                  <Outcome row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > check.rows.length && <p className={classes['none']}>{t('more', { count: total - check.rows.length })}</p>}
    </>
  )
}

function Outcome({ row }: { row: CheckedWording }) {
  const { t } = useTranslation('wording-files')
  return (
    <>
      {row.act === 'refuse' && <span className={classes['late']}>{t(`problem.${row.problem}`)}</span>}
      {row.act !== 'refuse' && <span className={row.act === 'overwrite' ? classes['late'] : undefined}>{t(`outcome.${row.act}`)}</span>}
      {row.words.map(({ field, text }) => (
        <span key={field} className={classes['word']}>
          {t('unknownWord', { text, column: t(`column.${field}`) })}
        </span>
      ))}
    </>
  )
}
