import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { StagePath } from '#ui/StagePath.tsx'
import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { levelOf, suggestedLevel, type DeclareDraft, type DraftField } from './declare-draft.ts'
import classes from './DeclareForm.module.css'
import { LevelChoice } from './LevelChoice.tsx'
import { TypeChoice } from './TypeChoice.tsx'

export type DeclareFieldsProps = {
  draft: DeclareDraft
  onChange: (part: Partial<DeclareDraft>) => void
  /** The problem with a field in words, or null. */
  wordFault: (field: DraftField) => string | null
}

/** What happened: title, type, level, stage, and what is known. */
export function DeclareFields({ draft, onChange, wordFault }: DeclareFieldsProps) {
  const { t } = useTranslation('incidents')
  return (
    <>
      <div data-field="title">
        <FieldRow label={t('field.title')} required error={wordFault('title')}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              aria-required
              error={wordFault('title') !== null}
              size="md"
              data-autofocus
              value={draft.title}
              placeholder={t('field.titleExample')}
              onChange={(event) => onChange({ title: event.currentTarget.value })}
            />
          )}
        </FieldRow>
      </div>
      <div data-field="type">
        <FieldRow label={t('field.type')} required group error={wordFault('type')} hint={t('field.typeHint')}>
          {() => <TypeChoice value={draft.type} onChange={(type) => onChange({ type })} />}
        </FieldRow>
      </div>
      <div data-field="level">
        <FieldRow
          label={t('field.level')}
          required
          group
          error={wordFault('level')}
          hint={draft.type ? t('field.levelHint', { level: t(`terms:level.${suggestedLevel(draft.type)}`) }) : undefined}
        >
          {() => <LevelChoice value={levelOf(draft)} onChange={(chosen) => onChange({ level: chosen })} />}
        </FieldRow>
      </div>
      <FieldRow label={t('field.stage')} group>
        {() => (
          <>
            <StagePath stage={draft.stage} onPick={(stage) => onChange({ stage })} />
            <p className={classes['sign']}>{t(`terms:stageSign.${draft.stage}`)}</p>
          </>
        )}
      </FieldRow>
      <div data-field="known">
        <FieldRow label={t('field.known')} hint={t('field.knownHint')} error={wordFault('known')}>
          {({ id, describedBy }) => (
            <GrowingText
              id={id}
              aria-describedby={describedBy}
              minRows={2}
              maxRows={8}
              error={wordFault('known') !== null}
              value={draft.known}
              onChange={(event) => onChange({ known: event.currentTarget.value })}
            />
          )}
        </FieldRow>
      </div>
    </>
  )
}
