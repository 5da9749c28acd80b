import { MINUTE } from '#domain/durations.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { classNames } from '#ui/class-names.ts'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { useNow } from '#ui/time/use-now.ts'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import dashboard from '../DashboardList.module.css'
import { useWaiting } from './use-waiting.ts'
import type { Waiting, WaitingParts } from './waiting-kind.ts'
import { WAITING_KINDS } from './waiting-kinds.ts'
import classes from './WaitingList.module.css'

const MOST_READ = 40
/** Number of rows before the rest is asked for. */
const FIRST_ROWS = 5

/** The member's next tasks, clocks and risks over all incidents: real before drills, then by due time. */
export function WaitingList() {
  const { t } = useTranslation('incidents')
  // Whether an item is due soon depends on the time, so it is computed again every minute.
  const minute = useNow(MINUTE)
  const { items, total, failure, loading, readAgain } = useWaiting(MOST_READ)
  const list = useRef<HTMLUListElement>(null)
  const [whole, setWhole] = useState(false)
  const shown = whole ? items : items.slice(0, FIRST_ROWS)
  useCommands([
    {
      id: 'dashboard.waiting',
      section: t('dashboard.title'),
      label: t('waiting.focus'),
      shortcut: 'W',
      run: () => list.current?.querySelector('a')?.focus(),
    },
  ])
  const again = useEffectEvent(readAgain)
  useEffect(() => {
    const timer = setInterval(() => again(), MINUTE)
    return () => clearInterval(timer)
  }, [])
  return (
    <aside className={classNames(dashboard['list'], classes['waiting'])}>
      <h2>
        {t('waiting.title')} {total > 0 && <span>{total}</span>}
      </h2>
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {!loading && failure === null && items.length === 0 && (
        <p className={classes['none']}>
          {t('waiting.none')} {t('waiting.noneText')}
        </p>
      )}
      <ul ref={list}>
        {shown.map((item) => (
          <WaitingRow key={`${item.incidentId ?? ''} ${item.kind} ${partsOf(item, minute)?.key}`} item={item} now={minute} />
        ))}
      </ul>
      {items.length > FIRST_ROWS && (
        <ActButton quiet readsOnly size="compact-xs" onAct={() => setWhole(!whole)}>
          {whole ? t('waiting.fewer') : t('waiting.more', { count: total - shown.length })}
        </ActButton>
      )}
      {whole && total > items.length && <p className={classes['none']}>{t('waiting.more', { count: total - items.length })}</p>}
    </aside>
  )
}

/** One waiting item: a link to it, with its action at the end. */
function WaitingRow({ item, now }: { item: Waiting; now: number }) {
  const { t } = useTranslation('incidents')
  const parts = partsOf(item, now)
  if (!parts) return null
  return (
    <li>
      <Link to={parts.path}>
        <span className={classes['kind']}>
          {t(`waiting.${item.kind}`)} {item.mode === 'drill' && <DrillMark />}
        </span>
        <span className={classes['what']}>
          <Guarded of={item}>{parts.what}</Guarded>
        </span>
        <span className={classes['incident']}>{item.incidentTitle}</span>
      </Link>
      {parts.act}
    </li>
  )
}

/** The display of a waiting item; null for a kind that this version does not know. */
function partsOf(item: Waiting, now: number): WaitingParts | null {
  for (const kind of WAITING_KINDS) {
    const parts = kind.parts(item, now)
    if (parts) return parts
  }
  return null
}
