import type { IncidentView } from '#contract/incident-api.ts'
import { CONTENT_LIMITS, EMPTY_CONTENT } from '#domain/wording/content.ts'
import type { WordingPlace } from '#domain/wording/wording.ts'
import { usePermittedAct } from '#features/permissions'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { shownLanguage } from '#ui/shown-language.ts'
import { useSubmit } from '#ui/use-submit.ts'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PlaceFields } from './PlaceFields.tsx'

/** Where a new text begins, such as the cell of the matrix that it fills. */
export type NewPlace = Partial<Pick<WordingPlace, 'kind' | 'scenario' | 'emotion'>>

type Props = {
  incident: IncidentView | undefined
  place: NewPlace
  scenarios: readonly string[]
  onClose: () => void
  onMade: (wordingId: string) => void
}

/** A new text: its place in the library and its title; the text itself is written in the editor. */
export function NewWordingDialog({ incident, place: start, scenarios, onClose, onMade }: Props) {
  const { t, i18n } = useTranslation('wording')
  const [place, setPlace] = useState<WordingPlace>({
    kind: 'script',
    statement: null,
    scenario: '',
    emotion: null,
    language: shownLanguage(i18n.language),
    preparedFor: '',
    ...start,
  })
  const [title, setTitle] = useState('')
  const [core, setCore] = useState('')
  const untitled = title.trim() === ''
  const form = useSubmit(usePermittedAct('wordings.create', { incident }), {
    input: untitled
      ? null
      : { incidentId: incident?.id ?? null, place, content: { ...EMPTY_CONTENT, title: title.trim(), core: core.trim() } },
    onDone: (made) => {
      onClose()
      onMade(made.id)
    },
  })
  return (
    <FormDialog title={t('act.new')} onClose={onClose} form={form} act={t('new.act')}>
      <FieldRow label={t('field.title')} required error={form.tried && untitled ? t('new.untitled') : null}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            data-autofocus
            aria-describedby={describedBy}
            maxLength={CONTENT_LIMITS.title}
            placeholder={t('new.titleExample')}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        )}
      </FieldRow>
      <FieldRow label={t('field.core')} hint={t('field.coreHint')}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            maxLength={CONTENT_LIMITS.core}
            value={core}
            onChange={(event) => setCore(event.currentTarget.value)}
          />
        )}
      </FieldRow>
      <PlaceFields place={place} onChange={(change) => setPlace((now) => ({ ...now, ...change }))} scenarios={scenarios} />
    </FormDialog>
  )
}
