import { useAct } from '#client/use-act.ts'
import type { ContactView } from '#contract/contact-api.ts'
import type { Failure } from '#contract/failures.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChannelList } from './ChannelList.tsx'
import { ContactForm, type ContactFormProps } from './ContactForm.tsx'
import classes from './contacts.module.css'

type Props = ContactFormProps & { onClose: () => void }

/** One contact with its channels. A new contact is saved first, then its channels are added. */
export function ContactDialog({ contact, contacts, onClose, onMade }: Props) {
  const { t } = useTranslation('contacts')
  return (
    <Modal
      opened
      onClose={onClose}
      title={contact ? t('dialog', { name: contact.name }) : t('add')}
      size={640}
      yOffset="6vh"
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <ContactForm contact={contact} contacts={contacts} onMade={onMade} />
      {contact && <ChannelList contact={contact} />}
      {contact && <RemoveContact contact={contact} onClose={onClose} />}
    </Modal>
  )
}

function RemoveContact({ contact, onClose }: { contact: ContactView; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const barred = usePermit('contact.add')
  const { act, busy } = useAct('contacts.remove')
  const offerUndo = useUndoNotice()
  const [failure, setFailure] = useState<Failure | null>(null)
  const remove = async () => {
    const result = await act({ contactIds: [contact.id], removed: true })
    if (!result.ok) return setFailure(result.failure)
    onClose()
    offerUndo(t('removed', { name: contact.name }), () => act({ contactIds: [contact.id], removed: false }))
  }
  return (
    <div className={classes['part']}>
      {failure && <FailureNotice failure={failure} />}
      <ActButton quiet danger size="xs" busy={busy} barred={barred} onAct={() => void remove()}>
        {t('remove', { name: contact.name })}
      </ActButton>
    </div>
  )
}
