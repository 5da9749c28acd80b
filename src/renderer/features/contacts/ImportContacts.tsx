import { useApiClient } from '#client/api-context.tsx'
import { uploadFile } from '#client/upload.ts'
import { useAct } from '#client/use-act.ts'
import type { CallOutput } from '#contract/api.ts'
import { CONTACT_COLUMNS, type ContactFileCheck, type ContactMapping } from '#contract/contact-api.ts'
import type { Failure } from '#contract/failures.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FileChoice } from '#ui/FileChoice.tsx'
import { Checkbox, Modal, NativeSelect } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckedContacts } from './CheckedContacts.tsx'
import classes from './contacts.module.css'

type Props = { onClose: () => void; onDone: (result: CallOutput<'contacts.importFile'>) => void }

/** Imports contacts from a table or an address book. The result is previewed; nothing is written until it is confirmed. */
export function ImportContacts({ onClose, onDone }: Props) {
  const { t } = useTranslation('contacts')
  const client = useApiClient()
  const barred = usePermit('contact.add')
  const { act: write, busy } = useAct('contacts.importFile')
  const [check, setCheck] = useState<ContactFileCheck | null>(null)
  const [mapping, setMapping] = useState<ContactMapping>({})
  const [reading, setReading] = useState(false)
  /** Whether `check` is of an earlier mapping: its answer is still awaited. */
  const [checking, setChecking] = useState(false)
  const [bringBack, setBringBack] = useState(false)
  const asked = useRef(0)
  const [failure, setFailure] = useState<Failure | null>(null)

  const take = async (file: File) => {
    setReading(true)
    setFailure(null)
    const uploaded = await uploadFile(client, file)
    const checked = uploaded.ok ? await client.call('contacts.checkFile', { source: uploaded.value }) : uploaded
    setReading(false)
    if (!checked.ok) return setFailure(checked.failure)
    setCheck(checked.value)
    setMapping(checked.value.mapping)
  }
  const readColumn = async (column: string, field: string) => {
    if (!check) return
    const next = Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== column))
    const chosen = CONTACT_COLUMNS.find((one) => one === field)
    if (chosen) next[column] = chosen
    setMapping(next)
    setChecking(true)
    asked.current += 1
    const turn = asked.current
    const checked = await client.call('contacts.checkFile', { source: { uploadId: check.sourceId }, mapping: next })
    // A later choice is being checked, or another file was asked for.
    if (asked.current !== turn) return
    setChecking(false)
    setCheck(checked.ok ? checked.value : null)
    setFailure(checked.ok ? null : checked.failure)
  }
  const startOver = () => {
    asked.current += 1
    setChecking(false)
    setCheck(null)
    setBringBack(false)
    setFailure(null)
  }
  const importFile = async () => {
    if (!check) return
    const result = await write({ sourceId: check.sourceId, bringBack })
    if (result.ok) onDone(result.value)
    else setFailure(result.failure)
  }
  const back = check && bringBack ? check.counts.removed : 0
  const fresh = check ? check.counts.add + check.counts.extend + back : 0
  return (
    <Modal opened onClose={onClose} title={t('import.title')} size={860} yOffset="6vh" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <div className={classes['form']}>
        {!check && (
          <FileChoice
            label={t('import.choose')}
            kinds={t('import.kinds')}
            accept=".csv,.tsv,.txt,.xlsx,.json,.vcf,.vcard"
            reading={reading ? t('import.reading') : null}
            onFile={(file) => void take(file)}
          />
        )}
        {failure && <FailureNotice failure={failure} />}
        {check && (
          <>
            <p className={classes['standing']} role="status">
              <b>{check.fileName}</b>
              <span>{t('import.add', { count: check.counts.add })}</span>
              <span>{t('import.extend', { count: check.counts.extend })}</span>
              <span>{t('import.same', { count: check.counts.same })}</span>
              {check.counts.removed > 0 && <span className={classes['late']}>{t('import.removed', { count: check.counts.removed })}</span>}
              {check.counts.refuse > 0 && <span className={classes['late']}>{t('import.refuse', { count: check.counts.refuse })}</span>}
              {check.left > 0 && <span className={classes['late']}>{t('import.left', { count: check.left })}</span>}
            </p>
            {check.columns.length > 0 && (
              <details
                className={classes['mapping']}
                open={!Object.values(check.mapping).some((field) => field.toLowerCase().endsWith('name'))}
              >
                <summary>{t('import.columns')}</summary>
                <div className={classes['columns']}>
                  {check.columns.map((column) => (
                    <NativeSelect
                      key={column}
                      size="xs"
                      label={column}
                      value={mapping[column] ?? ''}
                      onChange={(event) => void readColumn(column, event.currentTarget.value)}
                      data={[
                        { value: '', label: t('import.leave') },
                        ...CONTACT_COLUMNS.map((one) => ({ value: one, label: t(`column.${one}`) })),
                      ]}
                    />
                  ))}
                </div>
              </details>
            )}
            <CheckedContacts check={check} />
            {check.counts.removed > 0 && (
              <Checkbox
                size="xs"
                checked={bringBack}
                onChange={(event) => setBringBack(event.currentTarget.checked)}
                label={t('import.bringBack', { count: check.counts.removed })}
              />
            )}
            <div className={classes['acts']}>
              <ActButton
                busy={busy || checking}
                barred={barred ?? (fresh === 0 ? t('import.nothing') : null)}
                onAct={() => void importFile()}
              >
                {t('import.write', { add: check.counts.add, extend: check.counts.extend }) +
                  (back > 0 ? t('import.writeBack', { count: back }) : '')}
              </ActButton>
              <ActButton quiet readsOnly onAct={startOver}>
                {t('import.other')}
              </ActButton>
            </div>
          </>
        )}
      </div>
    </Modal>
  )
}
