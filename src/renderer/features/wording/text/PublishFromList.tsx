import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { WordingRow } from '#contract/wording-api.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useTranslation } from 'react-i18next'
import { PublishDialog } from './PublishDialog.tsx'

type Props = { incident: IncidentView | undefined; row: WordingRow; revisionId: string; onClose: () => void }

/** The publish dialog for a revision of a text in a list: the one that was chosen, also if a newer one is approved meanwhile. */
export function PublishFromList({ incident, row, revisionId, onClose }: Props) {
  const { t } = useTranslation('wording')
  const { data, failure, readAgain } = useRead('wordings.get', { incidentId: row.incidentId, wordingId: row.id })
  const revision = data?.revisions.find(({ id }) => id === revisionId)
  if (data && revision) return <PublishDialog wording={data} incident={incident} revision={revision} emergency={false} onClose={onClose} />
  return failure ? (
    <Dialog title={t('title')} onClose={onClose}>
      <FailureNotice failure={failure} onRetry={readAgain} />
    </Dialog>
  ) : null
}
