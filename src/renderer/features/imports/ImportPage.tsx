import { useApiClient } from '#client/api-context.tsx'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { ImportJob, ImportSource, ReadingOptions, TableInspection } from '#contract/import-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { usePermits } from '#features/permissions'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { CheckStep } from './CheckStep.tsx'
import { useImportWords } from './import-words.ts'
import styles from './ImportPage.module.css'
import { draftFrom, planOf, type MappingDraft } from './mapping-draft.ts'
import { MappingStep } from './MappingStep.tsx'
import { SourceStep } from './SourceStep.tsx'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone
const READING: ReadingOptions = { encoding: 'auto', format: 'auto', zone: ZONE, dateOrder: 'ymd' }

/** Imports a table into an incident, in three steps on one page. A member without permission sees who has it, before choosing a file. */
export function ImportPage() {
  const { t } = useTranslation('imports')
  const { incidentId = '' } = useParams()
  const { data: incident, failure, readAgain } = useRead('incidents.get', { incidentId })
  const barred = usePermits().barredFrom('import.write', { incident })
  return (
    <Page wide>
      <PageHeader within title={t('title')} />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {incident && (barred === null ? <ImportSteps incident={incident} /> : <EmptyState title={t('barred')}>{barred}</EmptyState>)}
    </Page>
  )
}

/** The three steps; nothing is written before the last button. */
function ImportSteps({ incident }: { incident: IncidentView }) {
  const words = useImportWords()
  const client = useApiClient()
  const incidentId = incident.id
  const [reading, setReading] = useState<ReadingOptions>(READING)
  const [source, setSource] = useState<ImportSource | null>(null)
  const [inspection, setInspection] = useState<TableInspection | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [draft, setDraft] = useState<MappingDraft | null>(null)
  const [started, setStarted] = useState<ImportJob | null>(null)
  const jobId = started?.jobId ?? null
  const job = useRead('imports.job', jobId === null ? null : { jobId }).data ?? started
  const [busy, setBusy] = useState(false)
  const asked = useRef(0)

  const inspect = async (from: ImportSource, options: ReadingOptions, keepDraft: boolean) => {
    const round = ++asked.current
    setBusy(true)
    setFailure(null)
    setStarted(null)
    const result = await client.call('imports.inspect', { incidentId, source: from, reading: options })
    if (round !== asked.current) return
    setBusy(false)
    if (!result.ok) {
      setFailure(result.failure)
      setSource(from)
      return
    }
    const sameColumns = inspection !== null && JSON.stringify(inspection.columns) === JSON.stringify(result.value.columns)
    setInspection(result.value)
    if (!keepDraft && result.value.zone !== null) setReading({ ...options, zone: result.value.zone })
    // From now on the file is identified by its source id, wherever it came from.
    setSource({ uploadId: result.value.sourceId })
    if (!keepDraft || !sameColumns || draft === null) setDraft(draftFrom(result.value.suggested))
  }

  const changeReading = (change: Partial<ReadingOptions>) => {
    // Another sheet, format or encoding may have its header in another row.
    const rest = 'headerRow' in change || 'zone' in change || 'dateOrder' in change ? reading : { ...reading, headerRow: undefined }
    const next = { ...rest, ...change }
    setReading(next)
    setStarted(null)
    if (source) void inspect(source, next, true)
  }

  const check = async () => {
    const plan = draft && planOf(draft)
    if (!inspection || !plan) return
    setFailure(null)
    const result = await client.call('imports.check', { incidentId, sourceId: inspection.sourceId, reading, plan })
    if (result.ok) setStarted(result.value)
    else setFailure(result.failure)
  }

  const startAgain = () => {
    asked.current++
    setSource(null)
    setInspection(null)
    setDraft(null)
    setStarted(null)
    setFailure(null)
    setReading(READING)
  }

  return (
    <div className={styles['steps']}>
      <SourceStep
        inspection={inspection}
        reading={reading}
        busy={busy}
        onSource={(from) => {
          setInspection(null)
          setDraft(null)
          void inspect(from, reading, false)
        }}
        onReading={changeReading}
        onStartAgain={startAgain}
        known={source !== null}
      />
      {failure && <FailureNotice failure={failure} sentence={words.failure(failure)} />}
      {inspection && draft && !busy && (
        <>
          <MappingStep
            inspection={inspection}
            draft={draft}
            onDraft={(next) => {
              setDraft(next)
              setStarted(null)
            }}
            reading={reading}
            onReading={changeReading}
            locked={job?.phase === 'reading' || job?.phase === 'writing' || job?.phase === 'complete'}
          />
          <CheckStep
            key={jobId}
            incident={incident}
            inspection={inspection}
            draft={draft}
            job={job}
            onCheck={() => void check()}
            onStartAgain={startAgain}
          />
        </>
      )}
    </div>
  )
}
