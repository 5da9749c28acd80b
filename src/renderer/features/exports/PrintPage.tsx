import { useRead } from '#client/use-read.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Button, Progress } from '@mantine/core'
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { readPrintQuery } from './export-choice.ts'
import { PrintedIncident } from './PrintedIncident.tsx'
import styles from './PrintPage.module.css'
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
  useEffect(() => {
    if (title === undefined) return undefined
    // The document title is the proposed file name of the PDF.
    const before = document.title
    document.title = title
    return () => {
      document.title = before
    }
  }, [title])

  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <Link to={`/incidents/${incidentId}`}>
          <IconArrowLeft size={16} aria-hidden="true" /> {t('back')}
        </Link>
        {entries && entries.length > MANY && <span>{t('long', { number: entries.length.toLocaleString() })}</span>}
        <Button
          size="compact-md"
          leftSection={<IconPrinter size={16} aria-hidden="true" />}
          disabled={!entries || !incident.data}
          onClick={() => globalThis.print()}
        >
          {t('printNow')}
        </Button>
      </div>
      {(failure ?? incident.failure) && <FailureNotice failure={failure ?? incident.failure ?? { code: 'internal', params: {} }} />}
      {!failure && !entries && (
        <EmptyState title={t('gathering')}>
          <Progress value={fraction * 100} aria-label={t('gathering')} />
        </EmptyState>
      )}
      {incident.data && entries && <PrintedIncident incident={incident.data} entries={entries} choice={choice} />}
    </div>
  )
}
