import type { ContactFileCheck, ContactRow } from '#contract/contact-api.ts'
import { useTranslation } from 'react-i18next'
import { ChannelIcon } from './ChannelIcon.tsx'
import classes from './contacts.module.css'

/** The result of a check for each line of a file; lines that need attention first. */
export function CheckedContacts({ check }: { check: ContactFileCheck }) {
  const { t } = useTranslation('contacts')
  const total = Object.values(check.counts).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <div className={classes['checked']} tabIndex={0} role="region" aria-label={t('import.rows')}>
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">{t('import.line')}</th>
              <th scope="col">{t('field.name')}</th>
              <th scope="col">{t('channels')}</th>
              <th scope="col">{t('import.what')}</th>
            </tr>
          </thead>
          <tbody>
            {check.rows.map((row) => (
              <tr key={row.line}>
                <td data-digits>{row.line}</td>
                <td>{row.name}</td>
                <td>
                  <ul className={classes['channels']}>
                    {row.channels.map(({ kind, address, written }) => (
                      <li key={`${kind} ${address}`} className={classes['channel']}>
                        <ChannelIcon kind={kind} />
                        <span className="visually-hidden">{t(`kind.${kind}`)}</span>
                        <span data-digits>{written}</span>
                      </li>
                    ))}
                  </ul>
                </td>
                <td>
                  <Outcome row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > check.rows.length && <p className={classes['sub']}>{t('import.more', { count: total - check.rows.length })}</p>}
    </>
  )
}

function Outcome({ row }: { row: ContactRow }) {
  const { t } = useTranslation('contacts')
  return (
    <>
      {row.act === 'refuse' ? <span className={classes['late']}>{t(`rowProblem.${row.problem}`)}</span> : t(`outcome.${row.act}`)}
      {row.cells.map(({ text, kind, problem }) => (
        <span key={`${kind} ${text}`} className={classes['cellProblem']}>
          {t('cellProblem', {
            text,
            what: problem === 'unknown-word' ? t(`unknownWord.${kind === 'layer' ? 'layer' : 'department'}`) : t(`problem.${problem}`),
          })}
        </span>
      ))}
    </>
  )
}
