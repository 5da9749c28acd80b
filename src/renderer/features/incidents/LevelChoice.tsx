import type { IncidentLevel } from '#domain/incidents/incident.ts'
import { LevelMark } from '#ui/LevelMark.tsx'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './LevelChoice.module.css'

const LEVELS = [1, 2, 3] as const

/** The three levels with their meaning (MO-04…MO-06). */
export function LevelChoice({ value, onChange }: { value: IncidentLevel | null; onChange: (level: IncidentLevel) => void }) {
  const { t } = useTranslation('incidents')
  const name = useId()
  return (
    <div className={classes['levels']}>
      {LEVELS.map((level) => (
        <label key={level} className={classes['level']} data-level={level}>
          <input type="radio" name={name} value={level} checked={value === level} onChange={() => onChange(level)} />
          <span className={classes['head']}>
            <LevelMark level={level} />
            <span className={classes['risk']}>{t(`terms:risk.${level}`)}</span>
          </span>
          <span className={classes['meaning']}>{t(`terms:levelMeaning.${level}`)}</span>
        </label>
      ))}
    </div>
  )
}
