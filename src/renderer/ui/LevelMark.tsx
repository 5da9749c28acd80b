import type { IncidentLevel } from '#domain/incidents/incident.ts'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import classes from './LevelMark.module.css'

const SHAPES: Record<IncidentLevel, string> = {
  1: 'M6 0.6 11.4 6 6 11.4 0.6 6Z',
  2: 'M6 1 11.6 11H0.4Z',
  3: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Z',
}

/** Level as shape, word and colour: 一级 ◆, 二级 ▲, 三级 ●. Use `shapeOnly` where the word is shown beside it. */
export function LevelMark({ level, shapeOnly = false, large = false }: { level: IncidentLevel; shapeOnly?: boolean; large?: boolean }) {
  const { t } = useTranslation('ui')
  const word = t(`terms:level.${level}`)
  return (
    <span
      className={classNames(classes['mark'], large && classes['large'])}
      data-level={level}
      title={`${word} · ${t(`terms:risk.${level}`)}`}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true" className={classes['shape']}>
        <path d={SHAPES[level]} fill="currentColor" />
      </svg>
      <span className={shapeOnly ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  )
}
