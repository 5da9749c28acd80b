import { STAGES, type Stage } from '#domain/incidents/incident.ts'
import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import classes from './StagePath.module.css'

type Props = {
  stage: Stage
  /** Only the dots and the word of the current stage; for lists. */
  compact?: boolean
  /** If given, each stage is a button. */
  onPick?: (stage: Stage) => void
  /** The stage whose button is pressed. */
  picked?: Stage | null
  disabled?: boolean
  /** A short note beside a stage's word, such as how many of its indicators were seen. */
  notes?: Partial<Record<Stage, string>>
}

/** The stage of an incident on the five-step evolution path (EV-01), as dots and words. */
export function StagePath({ stage, compact = false, onPick, picked, disabled = false, notes }: Props) {
  const { t } = useTranslation('ui')
  const step = STAGES.indexOf(stage) + 1
  const label = t('stageLabel', { stage: t(`terms:stage.${stage}`), step })
  if (compact) {
    return (
      <span className={classes['compact']} title={label}>
        <span className={classes['dots']} aria-hidden="true">
          {STAGES.map((one, index) => (
            <i key={one} data-now={index + 1 === step || undefined} data-past={index + 1 < step || undefined} />
          ))}
        </span>
        <span className="visually-hidden">{label}</span>
        <span aria-hidden="true">{t(`terms:stage.${stage}`)}</span>
      </span>
    )
  }
  return (
    <ol className={classes['path']} aria-label={onPick ? t('stagePick') : label}>
      {STAGES.map((one, index) => {
        const word = t(`terms:stage.${one}`)
        const state = { 'data-now': one === stage || undefined, 'data-past': index + 1 < step || undefined }
        return (
          <li key={one} className={classes['step']} {...state} aria-current={one === stage ? 'step' : undefined}>
            {onPick ? (
              <UnstyledButton
                className={classNames(classes['word'], classes['pick'])}
                onClick={() => onPick(one)}
                disabled={disabled}
                aria-pressed={picked === undefined ? undefined : picked === one}
                title={t(`terms:stageSign.${one}`)}
              >
                {word}
                {notes?.[one] !== undefined && <small className={classes['note']}> {notes[one]}</small>}
              </UnstyledButton>
            ) : (
              <span className={classes['word']}>{word}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
