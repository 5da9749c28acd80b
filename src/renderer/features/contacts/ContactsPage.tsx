import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { CallInput } from '#contract/api.ts'
import type { ContactView } from '#contract/contact-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Checkbox, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ContactDialog } from './ContactDialog.tsx'
import classes from './contacts.module.css'
import { ContactTable } from './ContactTable.tsx'
import { ImportContacts } from './ImportContacts.tsx'

const isFound = (contact: ContactView, words: readonly string[]) => {
  const text = [
    contact.name,
    contact.organization,
    contact.position,
    contact.note,
    ...contact.channels.map((one) => one.written + one.address),
  ]
    .join(' ')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}

/** The emergency contact list (OR-10): contacts, their channels, and whether each was verified. Works without the hub. */
export function ContactsPage() {
  const { t } = useTranslation('contacts')
  const { data, failure, readAgain } = useRead('contacts.list', { removed: true })
  const barred = usePermit('contact.add')
  const { act: takeBack } = useAct('contacts.undoImport')
  const { act: setRemoved, failure: restoreFailure } = useAct('contacts.remove')
  const offerUndo = useUndoNotice()
  const [open, setOpen] = useState<string | null>(null)
  const [importing, setImporting] = useState(false)
  const [filter, setFilter] = useState('')
  const [wantRemoved, setWantRemoved] = useState(false)
  const contacts = (data ?? []).filter((one) => !one.removed)
  const gone = (data ?? []).filter((one) => one.removed)
  // The last one that is restored ends the view.
  const showRemoved = wantRemoved && gone.length > 0
  const shown = (showRemoved ? gone : contacts).filter((one) => isFound(one, filter.toLowerCase().split(/\s+/).filter(Boolean)))
  const contact = contacts.find((one) => one.id === open) ?? null
  const section = t('title')
  const restore = async (one: ContactView) => {
    const result = await setRemoved({ contactIds: [one.id], removed: false })
    if (result.ok) offerUndo(t('restored', { name: one.name }), () => setRemoved({ contactIds: [one.id], removed: true }))
  }
  const undoImport = async (written: CallInput<'contacts.undoImport'>['contacts']) => {
    const result = await takeBack({ contacts: written })
    if (result.ok && result.value.kept > 0) offerUndo(t('import.kept', { count: result.value.kept }))
    return result
  }
  useCommands([
    {
      id: 'contacts.add',
      section,
      label: t('add'),
      keywords: 'contact add 新联系人',
      shortcut: 'A',
      disabled: barred !== null,
      run: () => setOpen('new'),
    },
    {
      id: 'contacts.import',
      section,
      label: t('import.open'),
      keywords: 'contacts import vcard csv 导入',
      shortcut: 'I',
      disabled: barred !== null,
      run: () => setImporting(true),
    },
  ])
  const acts = (
    <>
      <ActButton quiet barred={barred} shortcut="I" onAct={() => setImporting(true)}>
        {t('import.open')}
      </ActButton>
      <ActButton barred={barred} shortcut="A" onAct={() => setOpen('new')}>
        {t('add')}
      </ActButton>
    </>
  )
  return (
    <Page wide>
      <PageHeader title={t('title')} aside={data && contacts.length > 0 && <Standing contacts={contacts} />} actions={acts} />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {restoreFailure && <FailureNotice failure={restoreFailure} />}
      {data && contacts.length === 0 && !showRemoved && <EmptyState title={t('none.title')}>{t('none.text')}</EmptyState>}
      {gone.length > 0 && (
        <Checkbox
          className={classes['removedFilter'] ?? ''}
          size="xs"
          checked={wantRemoved}
          onChange={(event) => setWantRemoved(event.currentTarget.checked)}
          label={t('removedFilter', { count: gone.length })}
        />
      )}
      {(contacts.length > 0 || showRemoved) && (
        <>
          <TextInput
            className={classes['filter'] ?? ''}
            size="xs"
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            placeholder={t('filter')}
            aria-label={t('filter')}
            maxLength={100}
          />
          {shown.length > 0 ? (
            <ContactTable contacts={shown} onOpen={setOpen} onRestore={showRemoved ? restore : null} />
          ) : (
            <p className={classes['nothing']}>{t('nothing')}</p>
          )}
        </>
      )}
      {open !== null && (open === 'new' || contact) && (
        <ContactDialog key={open} contact={contact} contacts={contacts} onClose={() => setOpen(null)} onMade={setOpen} />
      )}
      {importing && (
        <ImportContacts
          onClose={() => setImporting(false)}
          onDone={(imported) => {
            setImporting(false)
            const { added, extended, broughtBack, skipped, contacts: written } = imported
            const message = [
              t('import.done', { added, extended }),
              broughtBack > 0 ? t('import.doneBack', { count: broughtBack }) : '',
              skipped > 0 ? t('import.doneSkipped', { count: skipped }) : '',
            ].join('')
            offerUndo(message, written.length === 0 ? undefined : () => undoImport(written), true)
          }}
        />
      )}
    </Page>
  )
}

/** How reliable the list is, so that gaps are noticed before an emergency. */
function Standing({ contacts }: { contacts: readonly ContactView[] }) {
  const { t } = useTranslation('contacts')
  const unreachable = contacts.filter((one) => one.channels.length === 0).length
  const verified = contacts.filter((one) => one.channels.some((channel) => channel.verified !== null)).length
  return (
    <span className={classes['standing']}>
      <span>{t('standing.all', { count: contacts.length })}</span>
      <span>{t('standing.verified', { count: verified })}</span>
      {unreachable > 0 && <span className={classes['late']}>{t('standing.unreachable', { count: unreachable })}</span>}
    </span>
  )
}
