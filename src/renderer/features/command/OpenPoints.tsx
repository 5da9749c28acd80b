import type { OpenPoints as Points } from '#contract/command-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { ClockChip } from '#ui/ClockChip.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import { byDue } from './by-due.ts'
import classes from './Dialog.module.css'

const SHOWN = 6

/** The open points before a change of status: running clocks and unfinished tasks. */
export function OpenPoints({ points }: { points: Points }) {
  const { t, i18n } = useTranslation('command')
  const now = useNow(MINUTE)
  const clocks = byDue(points.clocks)
  const tasks = byDue(points.tasks)
  if (clocks.length + tasks.length === 0) {
    return (
      <p className={classes['open']} data-none="">
        ✔ {t('open.none')}
      </p>
    )
  }
  return (
    <section className={classes['open']}>
      <h3 className={classes['heading']}>{t('open.title', { clocks: clocks.length, tasks: tasks.length })}</h3>
      <ul className={classes['list']}>
        {clocks.map((clock) => (
          <li key={clock.id}>
            <span>{t('open.clock', { clock: t(`terms:clock.${clock.id}`) })}</span>
            <ClockChip clock={clock} nameless />
          </li>
        ))}
        {tasks.slice(0, SHOWN).map((task) => (
          <li key={task.id}>
            <span>{t('open.task', { task: task.title })}</span>
            <span>{[task.owner, task.dueAt === null ? '' : formatMoment(task.dueAt, now, i18n.language)].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
        {tasks.length > SHOWN && <li>{t('open.more', { count: tasks.length - SHOWN })}</li>}
      </ul>
    </section>
  )
}
