import { useRead } from '#client/use-read.ts'
import { IncidentMode } from '#domain/incidents/incident.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { ReaderChoice } from '#ui/ReaderChoice.tsx'
import { WhenField } from '#ui/time/WhenField.tsx'
import { SegmentedControl, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { apologyOf } from './declare-draft.ts'
import type { DeclareFieldsProps } from './DeclareFields.tsx'

type DeclareTermsProps = DeclareFieldsProps & {
  /** The author, who always may read it. */
  me: { id: string } | null | undefined
}

/** How the incident is kept: real, drill or historical, with an apology due, and who may read it. */
export function DeclareTerms({ draft, onChange, wordFault, me }: DeclareTermsProps) {
  const { t } = useTranslation('incidents')
  const members = (useRead('workspace.members', {}).data ?? []).filter((member) => member.status === 'active')
  return (
    <>
      <FieldRow label={t('field.mode')} group>
        {({ labelId }) => (
          <SegmentedControl
            aria-labelledby={labelId}
            value={draft.mode}
            onChange={(mode) => onChange({ mode: IncidentMode.catch('real').parse(mode) })}
            data={[
              { value: 'real', label: t('terms:mode.real') },
              { value: 'drill', label: t('terms:mode.drill') },
              { value: 'historical', label: t('terms:mode.historical') },
            ]}
          />
        )}
      </FieldRow>
      {draft.mode === 'historical' ? (
        <div data-field="declaredAt">
          <FieldRow label={t('field.declaredAt')} required group error={wordFault('declaredAt')} hint={t('field.declaredAtHint')}>
            {() => (
              <WhenField
                value={draft.declaredAt}
                onChange={(declaredAt) => onChange({ declaredAt })}
                problem={wordFault('declaredAt') !== null}
              />
            )}
          </FieldRow>
        </div>
      ) : (
        <Switch
          label={t('field.apology')}
          checked={apologyOf(draft)}
          onChange={(event) => onChange({ apologyDue: event.currentTarget.checked })}
        />
      )}
      {me && members.length > 1 && (
        <>
          <Switch
            label={t('field.restricted')}
            checked={draft.restrictedTo !== null}
            onChange={(event) => onChange({ restrictedTo: event.currentTarget.checked ? [] : null })}
          />
          {draft.restrictedTo && (
            <ReaderChoice
              members={members}
              always={[me.id]}
              chosen={draft.restrictedTo}
              onChange={(restrictedTo) => onChange({ restrictedTo })}
            />
          )}
        </>
      )}
    </>
  )
}
