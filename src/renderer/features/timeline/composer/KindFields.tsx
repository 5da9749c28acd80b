import { TURNING_POINTS } from '#domain/timeline/entry.ts'
import { GrowingText } from '#ui/GrowingText.tsx'
import { Radio, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DraftProblem, EntryDraft } from './entry-draft.ts'
import styles from './EntryFields.module.css'

type Details = Pick<EntryDraft, 'kind' | 'reason' | 'decidedBy' | 'turningPoint'>

type KindFieldsProps = {
  draft: Details
  onChange(change: Partial<Details>): void
  /** The words for the first of these problems that the draft has. */
  errorFor(...codes: DraftProblem[]): string | undefined
}

/** The fields that only a decision or a turning point has. */
export function KindFields({ draft, onChange, errorFor }: KindFieldsProps) {
  const { t } = useTranslation('timeline')
  return (
    <>
      {draft.kind === 'decision' && (
        <div className={styles['decision']}>
          <GrowingText
            label={t('decision.reason')}
            minRows={1}
            maxRows={4}
            maxLength={2000}
            value={draft.reason}
            error={errorFor('reason-missing')}
            onChange={(event) => onChange({ reason: event.currentTarget.value })}
          />
          <TextInput
            label={t('decision.decidedBy')}
            maxLength={80}
            value={draft.decidedBy}
            error={errorFor('decided-by-missing')}
            onChange={(event) => onChange({ decidedBy: event.currentTarget.value })}
          />
        </div>
      )}
      {draft.kind === 'turning-point' && (
        <Radio.Group
          label={t('composer.whichTurningPoint')}
          value={draft.turningPoint}
          data-fault={errorFor('turning-point-missing') === undefined ? undefined : ''}
          error={errorFor('turning-point-missing')}
          onChange={(value) => onChange({ turningPoint: TURNING_POINTS.find((point) => point === value) ?? null })}
        >
          <div className={styles['points']}>
            {TURNING_POINTS.map((point) => (
              <Radio
                key={point}
                size="xs"
                value={point}
                label={t(`terms:turningPoint.${point}`)}
                description={t(`turningPointHints.${point}`)}
              />
            ))}
          </div>
        </Radio.Group>
      )}
    </>
  )
}
