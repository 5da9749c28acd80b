import { useApiClient } from '#client/api-context.tsx'
import { useAct } from '#client/use-act.ts'
import { useFileCheck } from '#client/use-file-check.ts'
import type { CallOutput } from '#contract/api.ts'
import { WORDING_COLUMNS, type WordingFileCheck } from '#contract/wording-file-api.ts'
import { ColumnChoice } from '#ui/ColumnChoice.tsx'
import { ImportDialog, type ImportCount } from '#ui/ImportDialog.tsx'
import { shownLanguage } from '#ui/shown-language.ts'
import { Checkbox } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckedWordings } from './CheckedWordings.tsx'
import { ReadingChoice, type Reading } from './ReadingChoice.tsx'

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
  const [how, setHow] = useState<Reading>({ kind: 'script', language: shownLanguage(i18n.language), mapping: undefined })
  const [revise, setRevise] = useState(true)
  const [overwrite, setOverwrite] = useState(false)
  const file = useFileCheck<WordingFileCheck, Reading>({
    read: (uploadId, { kind, language, mapping }) =>
      client.call('wordings.checkFile', { incidentId, source: { uploadId }, kind, language, ...(mapping ? { mapping } : {}) }),
    onChecked: (checked, as) => setHow({ ...as, mapping: as.mapping && checked.mapping }),
  })
  const { check } = file

  const readAs = (next: Reading) => {
    setHow(next)
    void file.checkAgain(next)
  }
  const startOver = () => {
    setOverwrite(false)
    setHow({ ...how, mapping: undefined })
    file.startOver()
  }
  const importFile = async () => {
    if (!check) return
    const result = await write({ sourceId: check.sourceId, revise, overwrite })
    if (result.ok) onDone(result.value)
    else file.fail(result.failure)
  }
  const fresh = check ? check.counts.add + (revise ? check.counts.revise : 0) + (overwrite ? check.counts.overwrite : 0) : 0
  return (
    <ImportDialog
      title={t('title')}
      size={900}
      onClose={onClose}
      failure={file.failure}
      choice={{
        label: t('choose'),
        kinds: t('kinds'),
        accept: '.xlsx,.csv,.tsv,.json,.docx,.md,.markdown,.txt',
        reading: file.reading ? t('reading') : null,
        onFile: (chosen) => void file.take(chosen, how),
      }}
      standing={check && { fileName: check.fileName, counts: countsOf(check, t) }}
      act={{
        label: t('write', { count: fresh }),
        busy: busy || file.checking,
        barred: barred ?? (fresh === 0 ? t('nothing') : null),
        onAct: () => void importFile(),
      }}
      other={{ label: t('other'), onAct: startOver }}
    >
      <ReadingChoice reading={how} onChange={readAs} />
      {check && check.columns.length > 0 && (
        <ColumnChoice
          title={t('columns')}
          open={check.counts.add + check.counts.same + check.counts.revise + check.counts.overwrite === 0}
          columns={check.columns}
          mapping={check.mapping}
          fields={WORDING_COLUMNS.map((value) => ({ value, label: t(`column.${value}`) }))}
          leave={t('leave')}
          onChange={(mapping) => readAs({ ...how, mapping })}
        />
      )}
      {check && <CheckedWordings check={check} />}
      {check && check.counts.revise > 0 && (
        <Checkbox
          size="xs"
          checked={revise}
          onChange={(event) => setRevise(event.currentTarget.checked)}
          label={t('revise', { count: check.counts.revise })}
        />
      )}
      {check && check.counts.overwrite > 0 && (
        <Checkbox
          size="xs"
          checked={overwrite}
          onChange={(event) => setOverwrite(event.currentTarget.checked)}
          label={t('overwrite', { count: check.counts.overwrite })}
        />
      )}
    </ImportDialog>
  )
}

/** What the file brings, in numbers. */
function countsOf({ counts, left }: WordingFileCheck, t: TFunction<'wording-files'>): (ImportCount | false)[] {
  const changed = counts.revise + counts.overwrite
  return [
    { id: 'add', text: t('add', { count: counts.add }) },
    changed > 0 && { id: 'changed', text: t('changed', { count: changed }) },
    counts.same > 0 && { id: 'same', text: t('same', { count: counts.same }) },
    counts.refuse > 0 && { id: 'refuse', text: t('refuse', { count: counts.refuse }), late: true },
    left > 0 && { id: 'left', text: t('left', { count: left }), late: true },
  ]
}
