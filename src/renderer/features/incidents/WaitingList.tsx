import { useRead } from '#client/use-read.ts'
import type { WaitingItem } from '#contract/command-api.ts'
import { ClockChip } from '#ui/ClockChip.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { RiskMark } from '#ui/RiskMark.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './WaitingList.module.css'

const SHOWN = 40

function placeOf(item: WaitingItem): string {
  const side = { clock: '', task: '?side=tasks', risk: '?side=risk' }[item.kind]
  return `/incidents/${item.incidentId}${side}`
}

/** What this member is to do next, over all incidents: what is real before what is practised, and of that what runs out first. */
export function WaitingList() {
  const { t } = useTranslation('incidents')
  // Whether something is due soon changes with time alone, so it is asked anew every minute.
  const minute = useNow(60_000)
  const { data, failure, readAgain } = useRead('incidents.waiting', { limit: SHOWN })
  const list = useRef<HTMLUListElement>(null)
  const { items, total } = data ?? { items: [], total: 0 }
  useCommands([
    {
      id: 'desk.waiting',
      section: t('desk.title'),
      label: t('waiting.focus'),
      shortcut: 'W',
      run: () => list.current?.querySelector('a')?.focus(),
    },
  ])
  const again = useEffectEvent(readAgain)
  useEffect(() => {
    const timer = setInterval(() => again(), 60_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <aside className={classes['waiting']}>
      <h2>
        {t('waiting.title')} {total > 0 && <span>{total}</span>}
      </h2>
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data && items.length === 0 && (
        <p className={classes['none']}>
          {t('waiting.none')}
          <br />
          {t('waiting.noneText')}
        </p>
      )}
      <ul ref={list}>
        {items.map((item) => (
          <li key={`${item.incidentId} ${item.kind} ${item.kind === 'clock' ? item.clock.id : item.kind === 'task' ? item.task.id : ''}`}>
            <Link to={placeOf(item)}>
              <span className={classes['kind']}>
                {t(`waiting.${item.kind}`)} {item.mode === 'drill' && <DrillMark />}
              </span>
              <Guarded of={item}>
                <What item={item} now={minute} />
              </Guarded>
              <span className={classes['incident']}>{item.incidentTitle}</span>
            </Link>
          </li>
        ))}
      </ul>
      {total > items.length && <p className={classes['none']}>{t('waiting.more', { count: total - items.length })}</p>}
    </aside>
  )
}

function What({ item, now }: { item: WaitingItem; now: number }): ReactNode {
  const { t, i18n } = useTranslation('incidents')
  if (item.kind === 'clock') return <ClockChip clock={item.clock} />
  if (item.kind === 'risk') {
    return (
      <span className={classes['what']}>
        <RiskMark grade={item.composite} short /> {t('table.suggests', { level: t(`terms:level.${item.suggestedLevel}`) })}
      </span>
    )
  }
  const due = item.task.dueAt ?? now
  return (
    <span className={classes['what']}>
      {item.task.title}
      <span className={classes['due']} data-late={due < now ? '' : undefined}>
        {t(due < now ? 'waiting.late' : 'waiting.due', { time: formatMoment(due, now, i18n.language) })}
      </span>
    </span>
  )
}
