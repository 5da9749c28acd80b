import { useApiClient } from '#client/api-context.tsx'
import { downloadExport } from '#client/download.ts'
import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { ImportCheck, ImportJob, TableInspection } from '#contract/import-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Progress } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { CheckedRows } from './CheckedRows.tsx'
import { CheckedSeries } from './CheckedSeries.tsx'
import { useImportWords } from './import-words.ts'
import { mappingGap, type MappingDraft } from './mapping-draft.ts'
import { RefusedRows } from './RefusedRows.tsx'
import { Step } from './Step.tsx'
import styles from './CheckStep.module.css'

type CheckStepProps = {
  incident: IncidentView
  inspection: TableInspection
  draft: MappingDraft
  /** The check or import, running or finished; null before. */
  job: ImportJob | null
  onCheck(): void
  onStartAgain(): void
}

/** Step three: check the whole file and preview the result; then import it, and explain how to undo that. */
export function CheckStep({ incident, inspection, draft, job, onCheck, onStartAgain }: CheckStepProps) {
  const { t, i18n } = useTranslation('imports')
  const words = useImportWords()
  const client = useApiClient()
  const jobId = job?.jobId ?? null
  const write = useAct('imports.write')
  const barred = usePermit('import.write', { incident })
  const cancel = useAct('imports.cancel')
  const [failure, setFailure] = useState<Failure | null>(null)
  const number = (value: number) => value.toLocaleString(i18n.language)
  const gap = mappingGap(draft)

  const saveRefused = async () => {
    if (jobId === null) return
    const made = await client.call('imports.refusedAsFile', { jobId, language: i18n.language === 'en' ? 'en' : 'zh-Hans' })
    const saved = made.ok ? await downloadExport(client, made.value) : made
    setFailure(saved.ok ? null : saved.failure)
  }

  const startWriting = async () => {
    if (jobId === null) return
    const result = await write.act({ jobId })
    setFailure(result.ok ? null : result.failure)
  }

  const running = job?.phase === 'reading' || job?.phase === 'writing'
  const check = job?.check ?? null
  return (
    <Step number={3} title={t('check.title')}>
      {(job === null || job.phase === 'cancelled' || job.phase === 'failed') && (
        <div className={styles['line']}>
          <ActButton quiet={job !== null} barred={gap === null ? null : t(`gap.${gap}`)} readsOnly onAct={onCheck}>
            {t('check.start')}
          </ActButton>
          <span className={styles['note']}>{gap === null ? t('check.note') : t(`gap.${gap}`)}</span>
        </div>
      )}
      {running && (
        <div className={styles['line']} role="status">
          <Progress className={styles['progress']} value={job.fraction * 100} aria-label={t(`check.${job.phase}`)} />
          <span className={styles['note']} data-digits>
            {t(`check.${job.phase}`)} · {t('check.rows', { rows: number(job.rows) })}
          </span>
          <ActButton quiet readsOnly size="compact-sm" busy={cancel.busy} onAct={() => void cancel.act({ jobId: job.jobId })}>
            {t('cancel')}
          </ActButton>
        </div>
      )}
      {job?.phase === 'cancelled' && <p role="status">{t('check.cancelled')}</p>}
      {job?.failure && <FailureNotice failure={job.failure as Failure} sentence={words.failure(job.failure)} />}
      {failure && <FailureNotice failure={failure} sentence={words.failure(failure)} />}
      {job && check && job.phase === 'checked' && (
        <>
          <CheckCounts check={check} />
          <CheckedSeries series={check.series} />
          <div className={styles['line']} ref={bringIntoView}>
            <ActButton
              busy={write.busy}
              barred={barred ?? (check.good === 0 ? t('check.nothingGood') : null)}
              onAct={() => void startWriting()}
            >
              {t(draft.target === 'timeline' ? 'check.writeTimeline' : 'check.writeNumbers', { number: number(check.good) })}
            </ActButton>
            {check.refused > 0 && (
              <ActButton quiet readsOnly onAct={() => void saveRefused()}>
                {t('check.saveRefused', { number: number(check.refused) })}
              </ActButton>
            )}
          </div>
          {check.refused > 0 && <RefusedRows check={check} columns={inspection.columns} />}
          {check.preview.length > 0 && <CheckedRows check={check} draft={draft} />}
        </>
      )}
      {job?.phase === 'complete' && (
        <Written incident={incident} job={job} draft={draft} onSaveRefused={() => void saveRefused()} onStartAgain={onStartAgain} />
      )}
    </Step>
  )
}

/** Scrolls to the import button, which is the next step after a check. */
function bringIntoView(line: HTMLElement | null): void {
  line?.scrollIntoView({ block: 'nearest' })
}

function CheckCounts({ check }: { check: ImportCheck }) {
  const { t, i18n } = useTranslation('imports')
  return (
    <p className={styles['counts']} role="status">
      <span data-good="">✔ {t('check.good', { number: check.good.toLocaleString(i18n.language) })}</span>
      {check.refused > 0 && <span data-refused="">✖ {t('check.refused', { number: check.refused.toLocaleString(i18n.language) })}</span>}
    </p>
  )
}

function Written({
  incident,
  job,
  draft,
  onSaveRefused,
  onStartAgain,
}: {
  incident: IncidentView
  job: ImportJob
  draft: MappingDraft
  onSaveRefused: () => void
  onStartAgain: () => void
}) {
  const { t, i18n } = useTranslation('imports')
  const navigate = useNavigate()
  const undo = useAct('imports.undo')
  const undoBarred = usePermit('import.undo', { incident, own: true })
  const [undone, setUndone] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const good = (job.check?.good ?? 0).toLocaleString(i18n.language)
  const refused = job.check?.refused ?? 0

  const takeBack = async () => {
    if (job.importId === null) return
    const result = await undo.act({ incidentId: incident.id, importId: job.importId })
    setFailure(result.ok ? null : result.failure)
    setUndone(result.ok)
  }

  return (
    <div className={styles['written']} role="status">
      <p>
        <b>{undone ? t('written.undone') : t(draft.target === 'timeline' ? 'written.timeline' : 'written.numbers', { number: good })}</b>
        {!undone && refused > 0 && ` ${t('written.refused', { number: refused.toLocaleString(i18n.language) })}`}
      </p>
      {failure && <FailureNotice failure={failure} />}
      <div className={styles['line']}>
        <ActButton readsOnly size="compact-sm" onAct={() => void navigate(`/incidents/${incident.id}`)}>
          {t('written.back')}
        </ActButton>
        {!undone && (
          <ActButton quiet size="compact-sm" busy={undo.busy} barred={undoBarred} onAct={() => void takeBack()}>
            {t('written.undo', { number: good })}
          </ActButton>
        )}
        {refused > 0 && (
          <ActButton quiet readsOnly size="compact-sm" onAct={onSaveRefused}>
            {t('check.saveRefused', { number: refused.toLocaleString(i18n.language) })}
          </ActButton>
        )}
        <ActButton quiet readsOnly size="compact-sm" onAct={onStartAgain}>
          {t('source.other')}
        </ActButton>
      </div>
    </div>
  )
}
