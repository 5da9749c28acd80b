import { ACTION_GROUPS, ACTIONS, PARTIES, rowOf, type Action, type Cell, type Party } from '#domain/permissions/matrix.ts'
import { useTranslation } from 'react-i18next'
import styles from './MatrixTable.module.css'

type Props = {
  /** The current member's party; its column is marked. */
  mine: { party: Party; owner: boolean } | null
  onlyMine: boolean
}

type Column = Party | 'owner'

const SIGNS: Record<Cell, string> = { any: '●', own: '◐', no: '–' }

function cellOf(action: Action, column: Column): Cell {
  const { who, owner } = rowOf(action)
  if (column !== 'owner') return who[column]
  return owner ? 'any' : 'no'
}

/** The exceptions to an action's general rule, as footnote numbers. */
function notesOf(action: Action): number[] {
  const { when, lent, group } = rowOf(action)
  const shut = when !== null && !when.includes('closed')
  return [
    ...(shut ? [1] : []),
    ...(lent || when === null ? [] : [2]),
    ...(group === 'tasks' && Object.values(rowOf(action).who).includes('own') ? [3] : []),
  ]
}

/** The permission matrix: actions in plain words, a column for each role, footnotes for incident states. */
export function MatrixTable({ mine, onlyMine }: Props) {
  const { t } = useTranslation('permissions')
  const isMine = (column: Column) => mine !== null && (column === mine.party || (column === 'owner' && mine.owner))
  const columns = ([...PARTIES, 'owner'] as const).filter((column) => !onlyMine || isMine(column))
  const name = (column: Column) => t(column === 'owner' || column === 'vendor' ? `terms:party.${column}` : `terms:role.${column}`)
  return (
    <>
      <p className={styles['legend']}>
        {(['any', 'own', 'no'] as const).map((cell) => (
          <span key={cell}>
            <span data-cell={cell} aria-hidden="true">
              {SIGNS[cell]}
            </span>{' '}
            {t(`cell.${cell}`)}
          </span>
        ))}
      </p>
      <div className={styles['frame']} data-narrow={onlyMine || undefined} tabIndex={0} role="region" aria-label={t('matrix')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('act')}</th>
              {columns.map((column) => (
                <th key={column} scope="col" data-mine={isMine(column) || undefined}>
                  {name(column)}
                  {isMine(column) && <span className={styles['me']}>{t('me')}</span>}
                </th>
              ))}
            </tr>
          </thead>
          {ACTION_GROUPS.map((group) => (
            <tbody key={group}>
              <tr className={styles['group']}>
                <th scope="rowgroup" colSpan={columns.length + 1}>
                  {t(`group.${group}`)}
                </th>
              </tr>
              {ACTIONS.filter((action) => rowOf(action).group === group).map((action) => (
                <tr key={action}>
                  <th scope="row">
                    {t(`does.${action}`)}
                    {notesOf(action).map((note) => (
                      <sup key={note}>{note}</sup>
                    ))}
                  </th>
                  {columns.map((column) => {
                    const cell = cellOf(action, column)
                    return (
                      <td key={column} data-cell={cell} data-mine={isMine(column) || undefined}>
                        <span aria-hidden="true">{SIGNS[cell]}</span>
                        <span className="visually-hidden">{t(`cell.${cell}`)}</span>
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <ol className={styles['notes']}>
        <li>{t('note.closed')}</li>
        <li>{t('note.lent')}</li>
        <li>{t('note.tasks')}</li>
      </ol>
      <p className={styles['rule']}>{t('note.commander')}</p>
    </>
  )
}
