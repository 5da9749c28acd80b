import { useApiClient } from '#client/api-context.tsx'
import { uploadFile } from '#client/upload.ts'
import { useAct } from '#client/use-act.ts'
import type { CallOutput } from '#contract/api.ts'
import type { Failure } from '#contract/failures.ts'
import { WORDING_COLUMNS, type WordingFileCheck, type WordingMapping } from '#contract/wording-file-api.ts'
import { WORDING_KINDS, type WordingKind, type WordingLanguage } from '#domain/wording/wording.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FileChoice } from '#ui/FileChoice.tsx'
import { shownLanguage } from '#ui/shown-language.ts'
import { Checkbox, Modal, NativeSelect } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckedWordings } from './CheckedWordings.tsx'
import classes from './ImportWordings.module.css'

type Reading = { kind: WordingKind; language: WordingLanguage; mapping: WordingMapping | undefined }

type Props = {
  incidentId: string | null
  /** Why this member may not write texts, or null. */
  barred: string | null
  onClose: () => void
  onDone: (result: CallOutput<'wordings.importFile'>) => void
}

/** Imports texts from a table, a Word document or Markdown. The result is previewed; nothing is written until it is confirmed. */
export function ImportWordings({ incidentId, barred, onClose, onDone }: Props) {
  const { t, i18n } = useTranslation('wording-files')
  const client = useApiClient()
  const { act: write, busy } = useAct('wordings.importFile')
  const [check, setCheck] = useState<WordingFileCheck | null>(null)
  const [how, setHow] = useState<Reading>({ kind: 'script', language: shownLanguage(i18n.language), mapping: undefined })
  const [reading, setReading] = useState(false)
  /** Whether `check` is of an earlier reading: its answer is still awaited. */
  const [checking, setChecking] = useState(false)
  const [revise, setRevise] = useState(true)
  const [overwrite, setOverwrite] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const asked = useRef(0)

  /** Checks a file; null if another check was asked for meanwhile. */
  const checkAs = async (uploadId: string, { kind, language, mapping }: Reading) => {
    asked.current += 1
    const own = asked.current
    const source = { uploadId }
    const checked = await client.call('wordings.checkFile', { incidentId, source, kind, language, ...(mapping ? { mapping } : {}) })
    if (asked.current !== own) return
    setCheck(checked.ok ? checked.value : null)
    setFailure(checked.ok ? null : checked.failure)
    if (checked.ok) setHow({ kind, language, mapping: mapping && checked.value.mapping })
  }
  const take = async (file: File) => {
    setReading(true)
    setFailure(null)
    const uploaded = await uploadFile(client, file)
    if (uploaded.ok) await checkAs(uploaded.value.uploadId, how)
    else setFailure(uploaded.failure)
    setReading(false)
  }
  const readAs = async (next: Reading) => {
    setHow(next)
    if (!check) return
    setChecking(true)
    await checkAs(check.sourceId, next)
    setChecking(false)
  }
  const readColumn = (column: string, field: string) => {
    const mapping = Object.fromEntries(Object.entries(check?.mapping ?? {}).filter(([name]) => name !== column))
    const chosen = WORDING_COLUMNS.find((one) => one === field)
    void readAs({ ...how, mapping: chosen ? { ...mapping, [column]: chosen } : mapping })
  }
  const startOver = () => {
    asked.current += 1
    setCheck(null)
    setFailure(null)
    setOverwrite(false)
    setHow({ ...how, mapping: undefined })
  }
  const importFile = async () => {
    if (!check) return
    const result = await write({ sourceId: check.sourceId, revise, overwrite })
    if (result.ok) onDone(result.value)
    else setFailure(result.failure)
  }
  const fresh = check ? check.counts.add + (revise ? check.counts.revise : 0) + (overwrite ? check.counts.overwrite : 0) : 0
  return (
    <Modal opened onClose={onClose} title={t('title')} size={900} yOffset="6vh" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <div className={classes['form']}>
        {!check && (
          <FileChoice
            label={t('choose')}
            kinds={t('kinds')}
            accept=".xlsx,.csv,.tsv,.json,.docx,.md,.markdown,.txt"
            reading={reading ? t('reading') : null}
            onFile={(file) => void take(file)}
          />
        )}
        {failure && <FailureNotice failure={failure} />}
        {check && (
          <>
            <Standing check={check} />
            <div className={classes['defaults']}>
              <NativeSelect
                size="xs"
                label={t('kind')}
                value={how.kind}
                onChange={(event) => {
                  const kind = WORDING_KINDS.find((one) => one === event.currentTarget.value)
                  if (kind) void readAs({ ...how, kind })
                }}
                data={WORDING_KINDS.map((value) => ({ value, label: t(`wording:kind.${value}`) }))}
              />
              <NativeSelect
                size="xs"
                label={t('language')}
                value={how.language}
                onChange={(event) => void readAs({ ...how, language: event.currentTarget.value === 'en' ? 'en' : 'zh-Hans' })}
                data={(['zh-Hans', 'en'] as const).map((value) => ({ value, label: t(`wording:language.${value}`) }))}
              />
            </div>
            {check.columns.length > 0 && (
              <details
                className={classes['mapping']}
                open={check.counts.add + check.counts.same + check.counts.revise + check.counts.overwrite === 0}
              >
                <summary>{t('columns')}</summary>
                <div className={classes['columns']}>
                  {check.columns.map((column) => (
                    <NativeSelect
                      key={column}
                      size="xs"
                      label={column}
                      value={check.mapping[column] ?? ''}
                      onChange={(event) => readColumn(column, event.currentTarget.value)}
                      data={[{ value: '', label: t('leave') }, ...WORDING_COLUMNS.map((value) => ({ value, label: t(`column.${value}`) }))]}
                    />
                  ))}
                </div>
              </details>
            )}
            <CheckedWordings check={check} />
            {check.counts.revise > 0 && (
              <Checkbox
                size="xs"
                checked={revise}
                onChange={(event) => setRevise(event.currentTarget.checked)}
                label={t('revise', { count: check.counts.revise })}
              />
            )}
            {check.counts.overwrite > 0 && (
              <Checkbox
                size="xs"
                checked={overwrite}
                onChange={(event) => setOverwrite(event.currentTarget.checked)}
                label={t('overwrite', { count: check.counts.overwrite })}
              />
            )}
            <div className={classes['acts']}>
              <ActButton busy={busy || checking} barred={barred ?? (fresh === 0 ? t('nothing') : null)} onAct={() => void importFile()}>
                {t('write', { count: fresh })}
              </ActButton>
              <ActButton quiet readsOnly onAct={startOver}>
                {t('other')}
              </ActButton>
            </div>
          </>
        )}
      </div>
    </Modal>
  )
}

/** What the file brings, in numbers. */
function Standing({ check: { fileName, counts, left } }: { check: WordingFileCheck }) {
  const { t } = useTranslation('wording-files')
  return (
    <p className={classes['standing']} role="status">
      <b>{fileName}</b>
      <span>{t('add', { count: counts.add })}</span>
      {counts.revise + counts.overwrite > 0 && <span>{t('changed', { count: counts.revise + counts.overwrite })}</span>}
      {counts.same > 0 && <span>{t('same', { count: counts.same })}</span>}
      {counts.refuse > 0 && <span className={classes['late']}>{t('refuse', { count: counts.refuse })}</span>}
      {left > 0 && <span className={classes['late']}>{t('left', { count: left })}</span>}
    </p>
  )
}
