import { useApiClient } from '#client/api-context.tsx'
import { saveBlob } from '#client/download.ts'
import type { Failure } from '#contract/failures.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = { incidentId: string | null; revisionId: string; number: number }

/** Saves the evidence of a revision's approval, a page that the hub signs; only the hub has the whole log and the key. */
export function EvidenceButton({ incidentId, revisionId, number }: Props) {
  const { t } = useTranslation('wording')
  const client = useApiClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const save = async () => {
    setBusy(true)
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions()
    const made = await client.call('team.approvalEvidence', { incidentId, revisionId, zone })
    setBusy(false)
    setFailure(made.ok ? null : made.failure)
    if (!made.ok) return
    const { html, hash } = made.value
    saveBlob(new Blob([html], { type: 'text/html' }), `${t('revisions.evidenceFile', { number })}-${hash.slice(0, 8)}.html`)
  }
  return (
    <>
      <ActButton quiet readsOnly size="xs" busy={busy} onAct={() => void save()}>
        {t('revisions.evidence')}
      </ActButton>
      {failure && <FailureNotice failure={failure} />}
    </>
  )
}
