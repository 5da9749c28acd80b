import { useRead } from '#client/use-read.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { PrintFrame } from '#ui/PrintFrame.tsx'
import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { readPrintQuery } from './export-choice.ts'
import { PrintedIncident } from './PrintedIncident.tsx'
import { useWholeTimeline } from './use-whole-timeline.ts'

/** Above this number of entries, the page states the length of the print beforehand. */
const MANY = 2000

/** The incident as an A4 page, black on white in every theme; the browser's print dialog prints it or saves a PDF. */
export function PrintPage() {
  const { t } = useTranslation('exports')
  const { incidentId = '' } = useParams()
  const choice = readPrintQuery(useSearchParams()[0])
  const incident = useRead('incidents.get', { incidentId })
  const { entries, fraction, failure } = useWholeTimeline(incidentId, choice.entries === 'starred')
  const title = incident.data?.title
  return (
    <PrintFrame
      title={title}
      back={{ to: `/incidents/${incidentId}`, label: t('back') }}
      ready={entries !== null && incident.data !== undefined}
      note={entries && entries.length > MANY ? t('long', { number: entries.length.toLocaleString() }) : null}
      above={
        <>
          {(failure ?? incident.failure) && <FailureNotice failure={failure ?? incident.failure ?? { code: 'internal', params: {} }} />}
          {!failure && !entries && (
            <EmptyState title={t('gathering')}>
              <Progress value={fraction * 100} aria-label={t('gathering')} />
            </EmptyState>
          )}
        </>
      }
    >
      {incident.data && entries && <PrintedIncident incident={incident.data} entries={entries} choice={choice} />}
    </PrintFrame>
  )
}
