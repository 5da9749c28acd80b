import type { IncidentRisk } from '#contract/command-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { classNames } from '#ui/class-names.ts'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IncidentTableRow } from './IncidentTableRow.tsx'
import classes from './IncidentTable.module.css'

const ROW_HEIGHT = 53
const ROWS_BEYOND = 6

type Props = { incidents: readonly IncidentView[]; risks: ReadonlyMap<string, IncidentRisk>; stale: boolean }

/** Incidents as a virtualized table, so that hundreds of rows scroll smoothly. */
export const IncidentTable = memo(function IncidentTable({ incidents, risks, stale }: Props) {
  const { t } = useTranslation('incidents')
  const scroller = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- the React Compiler, which this warns for, is not in use
  const rows = useVirtualizer({
    count: incidents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: ROWS_BEYOND,
  })
  const items = rows.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0)

  const moveFocus = (by: 1 | -1) => {
    const links = [...(scroller.current?.querySelectorAll<HTMLAnchorElement>('tbody a') ?? [])]
    const now = links.findIndex((link) => link === document.activeElement)
    links[now < 0 ? 0 : now + by]?.focus()
  }
  const section = t('dashboard.title')
  useCommands([
    { id: 'dashboard.next', section, label: t('table.next'), shortcut: ['J', 'ArrowDown'], hidden: true, run: () => moveFocus(1) },
    { id: 'dashboard.previous', section, label: t('table.previous'), shortcut: ['K', 'ArrowUp'], hidden: true, run: () => moveFocus(-1) },
  ])

  return (
    <div ref={scroller} className={classNames(classes['scroller'], stale && classes['stale'])}>
      <table className={classes['table']} aria-rowcount={incidents.length + 1}>
        <thead>
          <tr>
            <th scope="col" className={classes['level']}>
              {t('column.level')}
            </th>
            <th scope="col">{t('column.title')}</th>
            <th scope="col" className={classes['stage']}>
              {t('column.stage')}
            </th>
            <th scope="col" className={classes['clock']}>
              {t('column.clock')}
            </th>
            <th scope="col" className={classes['risk']}>
              {t('column.risk')}
            </th>
            <th scope="col" className={classes['entry']}>
              {t('column.lastEntry')}
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {items.map((item) => {
            const incident = incidents[item.index]
            return (
              incident && (
                <Guarded key={incident.id} of={incident} as="tr">
                  <IncidentTableRow incident={incident} risk={risks.get(incident.id)} position={item.index + 2} />
                </Guarded>
              )
            )
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  )
})
