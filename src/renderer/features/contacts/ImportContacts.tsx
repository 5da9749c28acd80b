import { useApiClient } from '#client/api-context.tsx'
import { useAct } from '#client/use-act.ts'
import { useFileCheck } from '#client/use-file-check.ts'
import type { CallOutput } from '#contract/api.ts'
import { CONTACT_COLUMNS, type ContactFileCheck, type ContactMapping } from '#contract/contact-api.ts'
import { usePermit } from '#features/permissions'
import { ColumnChoice } from '#ui/ColumnChoice.tsx'
import { ImportDialog, type ImportCount } from '#ui/ImportDialog.tsx'
import { Checkbox } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckedContacts } from './CheckedContacts.tsx'

type Props = { onClose: () => void; onDone: (result: CallOutput<'contacts.importFile'>) => void }

/** Imports contacts from a table or an address book. The result is previewed; nothing is written until it is confirmed. */
export function ImportContacts({ onClose, onDone }: Props) {
  const { t } = useTranslation('contacts')
  const client = useApiClient()
  const barred = usePermit('contact.add')
  const { act: write, busy } = useAct('contacts.importFile')
  const [mapping, setMapping] = useState<ContactMapping>({})
  const [bringBack, setBringBack] = useState(false)
  const file = useFileCheck<ContactFileCheck, ContactMapping | undefined>({
    read: (uploadId, as) => client.call('contacts.checkFile', { source: { uploadId }, ...(as ? { mapping: as } : {}) }),
    onChecked: (checked, as) => {
      if (!as) setMapping(checked.mapping)
    },
  })
  const { check } = file

  const readColumns = (next: ContactMapping) => {
    setMapping(next)
    void file.checkAgain(next)
  }
  const startOver = () => {
    setBringBack(false)
    file.startOver()
  }
  const importFile = async () => {
    if (!check) return
    const result = await write({ sourceId: check.sourceId, bringBack })
    if (result.ok) onDone(result.value)
    else file.fail(result.failure)
  }
  const back = check && bringBack ? check.counts.removed : 0
  const { add = 0, extend = 0 } = check?.counts ?? {}
  return (
    <ImportDialog
      title={t('import.title')}
      size={860}
      onClose={onClose}
      failure={file.failure}
      choice={{
        label: t('import.choose'),
        kinds: t('import.kinds'),
        accept: '.csv,.tsv,.txt,.xlsx,.json,.vcf,.vcard',
        reading: file.reading ? t('import.reading') : null,
        onFile: (chosen) => void file.take(chosen, undefined),
      }}
      standing={check && { fileName: check.fileName, counts: countsOf(check, t) }}
      act={{
        label: t('import.write', { add, extend }) + (back > 0 ? t('import.writeBack', { count: back }) : ''),
        busy: busy || file.checking,
        barred: barred ?? (add + extend + back === 0 ? t('import.nothing') : null),
        onAct: () => void importFile(),
      }}
      other={{ label: t('import.other'), onAct: startOver }}
    >
      {check && check.columns.length > 0 && (
        <ColumnChoice
          title={t('import.columns')}
          open={!Object.values(check.mapping).some((field) => field.toLowerCase().endsWith('name'))}
          columns={check.columns}
          mapping={mapping}
          fields={CONTACT_COLUMNS.map((value) => ({ value, label: t(`column.${value}`) }))}
          leave={t('import.leave')}
          onChange={readColumns}
        />
      )}
      {check && <CheckedContacts check={check} />}
      {check && check.counts.removed > 0 && (
        <Checkbox
          size="xs"
          checked={bringBack}
          onChange={(event) => setBringBack(event.currentTarget.checked)}
          label={t('import.bringBack', { count: check.counts.removed })}
        />
      )}
    </ImportDialog>
  )
}

/** What the file brings, in numbers. */
function countsOf({ counts, left }: ContactFileCheck, t: TFunction<'contacts'>): (ImportCount | false)[] {
  return [
    { id: 'add', text: t('import.add', { count: counts.add }) },
    { id: 'extend', text: t('import.extend', { count: counts.extend }) },
    { id: 'same', text: t('import.same', { count: counts.same }) },
    counts.removed > 0 && { id: 'removed', text: t('import.removed', { count: counts.removed }), late: true },
    counts.refuse > 0 && { id: 'refuse', text: t('import.refuse', { count: counts.refuse }), late: true },
    left > 0 && { id: 'left', text: t('import.left', { count: left }), late: true },
  ]
}
