import type { IncidentView } from '#contract/incident-api.ts'
import type { WordingView } from '#contract/wording-api.ts'
import { useRead } from '#client/use-read.ts'
import type { WordingPlace } from '#domain/wording/wording.ts'
import { usePermittedAct } from '#features/permissions'
import { FormDialog } from '#ui/FormDialog.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { scenariosOf } from './library-rows.ts'
import { PlaceFields } from './PlaceFields.tsx'

type Props = { incident: IncidentView | undefined; wording: WordingView; onClose: () => void }

/** Moves a text to another place of the library; its revisions and approvals stay. */
export function MoveDialog({ incident, wording, onClose }: Props) {
  const { t } = useTranslation('wording')
  const { incidentId, id: wordingId, kind, statement, scenario, emotion, language, preparedFor } = wording
  const [opened] = useState<WordingPlace>({ kind, statement, scenario, emotion, language, preparedFor })
  const [place, setPlace] = useState(opened)
  const others = useRead('wordings.list', { incidentId }).data ?? []
  const unchanged = JSON.stringify(opened) === JSON.stringify(place)
  const form = useSubmit(usePermittedAct('wordings.move', { incident }), {
    // Only what was changed, so that a colleague's change of another field stays.
    input: { incidentId, wordingId, place: changesOf(opened, place) },
    barred: unchanged ? t('unchanged') : null,
    onDone: onClose,
  })
  return (
    <FormDialog title={t('act.move')} onClose={onClose} form={form} act={t('move.act')}>
      <PlaceFields place={place} onChange={(change) => setPlace((now) => ({ ...now, ...change }))} scenarios={scenariosOf(others)} />
    </FormDialog>
  )
}

function changesOf(before: WordingPlace, now: WordingPlace): Partial<WordingPlace> {
  return Object.fromEntries(Object.entries(now).filter(([field, value]) => before[field as keyof WordingPlace] !== value))
}
