import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { WordingRow } from '#contract/wording-api.ts'
import { usePermittedAct } from '#features/permissions'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ContentReading } from '../text/ContentReading.tsx'
import { WordingMark } from '../WordingMark.tsx'
import { isFound, wordsOf } from './library-rows.ts'
import classes from './CopyDialog.module.css'

type Props = {
  incident: IncidentView
  /** The texts that the incident has. */
  present: readonly WordingRow[]
  onClose: () => void
  onCopied: (wordingId: string) => void
}

/** The revision of a text that a copy takes: what is in use, else the last. */
const revisionToCopy = (row: WordingRow) => row.live?.revisionId ?? row.last?.id ?? null

/** Copies a text of the standing library into an incident; the copy knows what it was copied from. */
export function CopyDialog({ incident, present, onClose, onCopied }: Props) {
  const { t } = useTranslation('wording')
  const { data, failure, readAgain } = useRead('wordings.list', { incidentId: null })
  const [filter, setFilter] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const rows = (data ?? []).filter((row) => revisionToCopy(row) !== null)
  const shown = rows.filter((row) => isFound(row, wordsOf(filter)))
  const row = shown.find(({ id }) => id === chosen) ?? shown[0]
  const copied = new Set(present.flatMap(({ origin }) => origin?.wordingId ?? []))
  const form = useSubmit(usePermittedAct('wordings.copy', { incident }), {
    input: row ? { from: row.id, incidentId: incident.id } : null,
    barred: row ? null : t('copy.none'),
    onDone: (made) => {
      onClose()
      onCopied(made.id)
    },
  })
  return (
    <FormDialog
      title={t('act.copy')}
      size={960}
      onClose={onClose}
      form={form}
      act={row ? t('copy.act', { title: row.title }) : t('act.copy')}
      failure={failure}
    >
      <TextInput
        data-autofocus
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        placeholder={t('filter')}
        aria-label={t('filter')}
        maxLength={100}
      />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data && shown.length === 0 && <p className={classes['none']}>{t(rows.length === 0 ? 'copy.none' : 'nothing')}</p>}
      {row && (
        <div className={classes['columns']}>
          <ul className={classes['list']} aria-label={t('library')}>
            {shown.map((one) => (
              <li key={one.id}>
                <UnstyledButton
                  className={classes['choice']}
                  aria-current={one.id === row.id ? 'true' : undefined}
                  onClick={() => setChosen(one.id)}
                >
                  <b>{one.title}</b>
                  <span className={classes['facts']}>
                    {[t(`kind.${one.kind}`), one.scenario, one.emotion && t(`emotion.${one.emotion}`)].filter(Boolean).join(' · ')}
                  </span>
                  <span className={classes['facts']}>
                    <WordingMark status={one.status} /> {copied.has(one.id) && t('copy.present')}
                  </span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
          <Preview row={row} />
        </div>
      )}
    </FormDialog>
  )
}

function Preview({ row }: { row: WordingRow }) {
  const { t } = useTranslation('wording')
  const revisionId = revisionToCopy(row)
  const { data, failure } = useRead('wordings.revision', revisionId === null ? null : { incidentId: null, revisionId })
  return (
    <div className={classes['preview']} tabIndex={0} role="region" aria-label={t('preview')}>
      {failure && <FailureNotice failure={failure} />}
      {data && <ContentReading content={data.content} />}
    </div>
  )
}
