import { useApiClient } from '#client/api-context.tsx'
import { uploadFile } from '#client/upload.ts'
import type { Failure } from '#contract/failures.ts'
import { ReadingOptions, type ImportSource, type TableInspection } from '#contract/import-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FileChoice } from '#ui/FileChoice.tsx'
import { formatBytes } from '#ui/format-bytes.ts'
import { Loader, NativeSelect, Progress, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Step } from './Step.tsx'
import styles from './SourceStep.module.css'

type SourceStepProps = {
  inspection: TableInspection | null
  reading: ReadingOptions
  busy: boolean
  /** Whether a file has been chosen, readable or not. */
  known: boolean
  onSource(source: ImportSource): void
  onReading(change: Partial<ReadingOptions>): void
  onStartAgain(): void
}

const ENCODINGS = ReadingOptions.shape.encoding.unwrap().options
/** Display names of encodings that are not just the upper-case id. */
const ENCODING_NAMES: Partial<Record<(typeof ENCODINGS)[number], string>> = {
  big5: 'Big5',
  'windows-1252': 'Windows-1252',
  gb18030: 'GB18030 / GBK',
}
const FORMATS = ReadingOptions.shape.format.unwrap().options

/** Step one: the file and how to read it. */
export function SourceStep({ inspection, reading, busy, known, onSource, onReading, onStartAgain }: SourceStepProps) {
  const { t } = useTranslation('imports')
  const automatic = (found: string | undefined) => (found ? t('reading.auto', { found: found.toUpperCase() }) : t('reading.automatic'))
  return (
    <Step
      number={1}
      title={t('source.title')}
      aside={
        known && (
          <ActButton quiet readsOnly size="compact-sm" onAct={onStartAgain}>
            {t('source.other')}
          </ActButton>
        )
      }
    >
      {!known && !busy && <ChooseFile onSource={onSource} />}
      {busy && (
        <p className={styles['busy']} role="status">
          <Loader size="xs" /> {t('source.reading')}
        </p>
      )}
      {inspection && !busy && (
        <p className={styles['file']}>
          <b>{inspection.fileName}</b>
          <span data-digits>{formatBytes(inspection.size)}</span>
          <span>{t('source.columns', { number: inspection.columns.length })}</span>
        </p>
      )}
      {inspection && inspection.sameFileImportedAt !== null && (
        <p className={styles['again']} role="status">
          {t('source.sameFile')} <Age at={inspection.sameFileImportedAt} />
          {t('source.sameFileNote')}
        </p>
      )}
      {known && !busy && (
        <div className={styles['options']}>
          <NativeSelect
            size="xs"
            label={t('reading.format')}
            value={reading.format}
            onChange={(event) => onReading({ format: FORMATS.find((one) => one === event.currentTarget.value) ?? 'auto' })}
            data={FORMATS.map((one) => ({ value: one, label: one === 'auto' ? automatic(inspection?.format) : one.toUpperCase() }))}
          />
          {inspection?.format !== 'xlsx' && (
            <NativeSelect
              size="xs"
              label={t('reading.encoding')}
              value={reading.encoding}
              onChange={(event) => onReading({ encoding: ENCODINGS.find((one) => one === event.currentTarget.value) ?? 'auto' })}
              data={ENCODINGS.map((one) => ({
                value: one,
                label: one === 'auto' ? automatic(inspection?.encoding) : (ENCODING_NAMES[one] ?? one.toUpperCase()),
              }))}
            />
          )}
          {inspection && inspection.sheets.length > 1 && (
            <NativeSelect
              size="xs"
              label={t('reading.sheet')}
              value={reading.sheet ?? inspection.sheet}
              onChange={(event) => onReading({ sheet: event.currentTarget.value })}
              data={inspection.sheets}
            />
          )}
          {inspection && inspection.format !== 'json' && inspection.leading.length > 0 && (
            <NativeSelect
              size="xs"
              label={t('reading.headerRow')}
              value={inspection.headerRow}
              onChange={(event) => onReading({ headerRow: Number(event.currentTarget.value) })}
              data={[
                { value: '0', label: t('reading.noHeader') },
                ...inspection.leading.map((cells, index) => ({
                  value: String(index + 1),
                  label: t('reading.headerAt', { row: index + 1, cells: cells.filter(Boolean).join(t('listSeparator')).slice(0, 60) }),
                })),
                ...(inspection.headerRow > inspection.leading.length
                  ? [{ value: String(inspection.headerRow), label: t('reading.headerAt', { row: inspection.headerRow, cells: '' }) }]
                  : []),
              ]}
            />
          )}
        </div>
      )}
    </Step>
  )
}

function ChooseFile({ onSource }: { onSource: (source: ImportSource) => void }) {
  const { t } = useTranslation('imports')
  const client = useApiClient()
  const [fraction, setFraction] = useState<number | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [path, setPath] = useState('')
  const stop = useRef<AbortController | null>(null)

  const take = async (file: File) => {
    const control = new AbortController()
    stop.current = control
    setFailure(null)
    setFraction(0)
    const uploaded = await uploadFile(client, file, setFraction, control.signal)
    setFraction(null)
    if (uploaded.ok) onSource(uploaded.value)
    else if (!control.signal.aborted) setFailure(uploaded.failure)
  }

  if (fraction !== null) {
    return (
      <div className={styles['upload']}>
        <Progress value={fraction * 100} aria-label={t('source.uploading')} />
        <ActButton quiet readsOnly size="compact-sm" onAct={() => stop.current?.abort()}>
          {t('cancel')}
        </ActButton>
      </div>
    )
  }
  return (
    <>
      <FileChoice
        label={t('source.choose')}
        kinds={t('source.kinds')}
        accept=".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson"
        reading={null}
        onFile={(file) => void take(file)}
      />
      <form
        className={styles['path']}
        onSubmit={(event) => {
          event.preventDefault()
          if (path.trim() !== '') onSource({ path: path.trim() })
        }}
      >
        <TextInput
          size="xs"
          label={t('source.path')}
          placeholder={t('source.pathExample')}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <ActButton submit quiet readsOnly size="xs">
          {t('source.readPath')}
        </ActButton>
      </form>
      {failure && <FailureNotice failure={failure} />}
    </>
  )
}
