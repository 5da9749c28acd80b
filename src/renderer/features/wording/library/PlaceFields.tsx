import {
  Emotion,
  EMOTIONS,
  STATEMENT_KINDS,
  StatementKind,
  WORDING_KINDS,
  WordingKind,
  WordingLanguage,
  type WordingPlace,
} from '#domain/wording/wording.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid } from '#ui/FormDialog.tsx'
import { OfferedInput } from '#ui/OfferedInput.tsx'
import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props = {
  place: WordingPlace
  onChange: (change: Partial<WordingPlace>) => void
  /** Scenarios of other texts, offered while typing. */
  scenarios: readonly string[]
}

/** Where a text stands in the library: kind, scenario, emotion, language, and the worsening it is prepared for. */
export function PlaceFields({ place, onChange, scenarios }: Props) {
  const { t } = useTranslation('wording')
  const setKind = (kind: WordingKind | undefined) =>
    kind && onChange({ kind, statement: kind === 'statement' ? (place.statement ?? 'first') : null })
  return (
    <>
      <FieldGrid>
        <FieldRow label={t('field.kind')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={place.kind}
              onChange={(event) => setKind(WordingKind.safeParse(event.currentTarget.value).data)}
              data={WORDING_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            />
          )}
        </FieldRow>
        {place.kind === 'statement' && (
          <FieldRow label={t('field.statement')}>
            {({ id }) => (
              <NativeSelect
                id={id}
                value={place.statement ?? 'first'}
                onChange={(event) => onChange({ statement: StatementKind.safeParse(event.currentTarget.value).data ?? 'first' })}
                data={STATEMENT_KINDS.map((one) => ({ value: one, label: t(`statement.${one}`) }))}
              />
            )}
          </FieldRow>
        )}
        <FieldRow label={t('field.language')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={place.language}
              onChange={(event) => onChange({ language: WordingLanguage.safeParse(event.currentTarget.value).data ?? 'zh-Hans' })}
              data={WordingLanguage.options.map((one) => ({ value: one, label: t(`language.${one}`) }))}
            />
          )}
        </FieldRow>
        <FieldRow label={t('field.scenario')}>
          {({ id }) => (
            <OfferedInput
              id={id}
              offered={scenarios}
              placeholder={t('anyScenario')}
              value={place.scenario}
              onText={(scenario) => onChange({ scenario })}
            />
          )}
        </FieldRow>
        <FieldRow label={t('field.emotion')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={place.emotion ?? ''}
              onChange={(event) => onChange({ emotion: Emotion.safeParse(event.currentTarget.value).data ?? null })}
              data={[{ value: '', label: t('anyEmotion') }, ...EMOTIONS.map((one) => ({ value: one, label: t(`emotion.${one}`) }))]}
            />
          )}
        </FieldRow>
      </FieldGrid>
      <FieldRow label={t('field.preparedFor')} hint={t('field.preparedForHint')}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            maxLength={300}
            placeholder={t('field.preparedForExample')}
            value={place.preparedFor}
            onChange={(event) => onChange({ preparedFor: event.currentTarget.value })}
          />
        )}
      </FieldRow>
    </>
  )
}
