import { INCIDENT_TYPE_IDS } from '#domain/incidents/incident-types.ts'
import type { PlanContent } from '#domain/plans/plan.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { Chip, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { editWords, usePlanWords } from '../plan-language.ts'
import styles from './PlanEditor.module.css'

type PlanHeadProps = {
  content: PlanContent
  edit: (change: (content: PlanContent) => PlanContent) => void
  /** The problem at a place of the plan in words, or null. */
  problemAt: (place: string) => string | null
}

/** What a plan is called, what it is for, and the types of incident that it fits. */
export function PlanHead({ content, edit, problemAt }: PlanHeadProps) {
  const { t } = useTranslation('plans')
  const { language, words } = usePlanWords()
  return (
    <>
      <FieldRow label={t('field.title')} required error={problemAt('title')}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            error={problemAt('title') !== null}
            value={words(content.title)}
            onChange={(event) => {
              const text = event.currentTarget.value
              edit((now) => ({ ...now, title: editWords(now.title, text, language) }))
            }}
          />
        )}
      </FieldRow>
      <FieldRow label={t('field.purpose')} required error={problemAt('purpose')}>
        {({ id, describedBy }) => (
          <GrowingText
            id={id}
            minRows={2}
            maxRows={8}
            aria-describedby={describedBy}
            error={problemAt('purpose') !== null}
            value={words(content.purpose)}
            onChange={(event) => {
              const text = event.currentTarget.value
              edit((now) => ({ ...now, purpose: editWords(now.purpose, text, language) }))
            }}
          />
        )}
      </FieldRow>
      <FieldRow label={t('field.types')} group required error={problemAt('types')}>
        {() => (
          <div className={styles['types']}>
            <Chip.Group
              multiple
              value={content.types}
              onChange={(types) => edit((now) => ({ ...now, types: INCIDENT_TYPE_IDS.filter((type) => types.includes(type)) }))}
            >
              {INCIDENT_TYPE_IDS.map((type) => (
                <Chip key={type} size="xs" value={type}>
                  {t(`terms:type.${type}`)}
                </Chip>
              ))}
            </Chip.Group>
          </div>
        )}
      </FieldRow>
    </>
  )
}
