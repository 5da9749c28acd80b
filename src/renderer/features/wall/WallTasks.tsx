import type { WallTask } from '#contract/overview-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import { layerStandings, type LayerStanding } from './layer-standings.ts'
import styles from './WallTasks.module.css'

/** The open tasks of each command layer, and the most urgent one. */
export function WallTasks({ tasks }: { tasks: readonly WallTask[] }) {
  const { t } = useTranslation('wall')
  const now = useNow(MINUTE)
  const layers = layerStandings(tasks, now)
  return (
    <section className={styles['tasks']} aria-label={t('tasks', { number: tasks.length })}>
      <h2>{t('tasks', { number: tasks.length })}</h2>
      <dl>
        {layers.map((standing) => (
          <Layer key={standing.layer} standing={standing} now={now} />
        ))}
      </dl>
    </section>
  )
}

function Layer({ standing: { layer, open, late, waiting, first }, now }: { standing: LayerStanding; now: number }) {
  const { t, i18n } = useTranslation('wall')
  return (
    <div className={styles['layer']}>
      <dt>
        <b>{t(`layer.${layer}`)}</b>
        <span>{open === 0 ? t('layerDone') : t('layerOpen', { number: open })}</span>
        {late > 0 && <span className={styles['late']}>! {t('late', { number: late })}</span>}
        {waiting > 0 && <span className={styles['waiting']}>{t('waiting', { number: waiting })}</span>}
      </dt>
      {first && (
        <dd>
          <span className={styles['title']}>{first.title}</span>
          <span className={styles['aside']} data-late={(first.dueAt !== null && first.dueAt < now) || undefined}>
            {first.holdsUp > 0
              ? t('holdsUp', { number: first.holdsUp })
              : first.dueAt === null
                ? ''
                : t('due', { time: formatMoment(first.dueAt, now, i18n.language) })}
          </span>
        </dd>
      )}
    </div>
  )
}
