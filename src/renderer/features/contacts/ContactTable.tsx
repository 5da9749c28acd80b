import type { ChannelView, ContactView } from '#contract/contact-api.ts'
import { CHANNEL_LABELS } from '#domain/contacts/contact.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { useTranslation } from 'react-i18next'
import { ChannelIcon } from './ChannelIcon.tsx'
import classes from './contacts.module.css'
import { VerifiedMark } from './VerifiedMark.tsx'

/** Number of channels in a row; the contact itself shows all of them. */
const SHOWN = 3

type Props = {
  contacts: readonly ContactView[]
  onOpen: (id: string) => void
  /** For people who were removed from the list; null for the others. */
  onRestore: ((contact: ContactView) => Promise<void>) | null
}

/** The contact list: name, function, and channels in the order of use. */
export function ContactTable({ contacts, onOpen, onRestore }: Props) {
  const { t } = useTranslation('contacts')
  return (
    <div className={classes['frame']} tabIndex={0} role="region" aria-label={t('title')}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('field.name')}</th>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('channels')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {contacts.map((contact) => (
            <tr key={contact.id}>
              <td>
                <span className={classes['name']}>{contact.name}</span> <PendingMark pending={contact.pending} quiet />
                <span className={classes['sub']}>{[contact.organization, contact.position].filter(Boolean).join(' · ')}</span>
              </td>
              <td>
                {contact.layer !== null && t(`people:layer.${contact.layer}`)}
                {contact.layer !== null && contact.department !== null && ' · '}
                {contact.department !== null && t(`terms:role.${contact.department}`)}
              </td>
              <td>
                {contact.channels.length === 0 && <span className={classes['late']}>{t('noChannel')}</span>}
                <ul className={classes['channels']}>
                  {contact.channels.slice(0, SHOWN).map((channel) => (
                    <li key={channel.id}>
                      <ChannelLine channel={channel} />
                    </li>
                  ))}
                </ul>
                {contact.channels.length > SHOWN && (
                  <span className={classes['sub']}>{t('moreChannels', { count: contact.channels.length - SHOWN })}</span>
                )}
              </td>
              <td>
                {onRestore ? (
                  <RestoreContact name={contact.name} onRestore={() => onRestore(contact)} />
                ) : (
                  <OpenContact name={contact.name} onOpen={() => onOpen(contact.id)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function OpenContact({ name, onOpen }: { name: string; onOpen: () => void }) {
  const { t } = useTranslation('contacts')
  return (
    <ActButton quiet size="compact-xs" readsOnly onAct={onOpen}>
      <span aria-hidden="true">{t('open')}</span>
      <span className="visually-hidden">{t('openLong', { name })}</span>
    </ActButton>
  )
}

function RestoreContact({ name, onRestore }: { name: string; onRestore: () => Promise<void> }) {
  const { t } = useTranslation('contacts')
  const barred = usePermit('contact.add')
  return (
    <ActButton quiet size="compact-xs" barred={barred} onAct={() => void onRestore()}>
      <span aria-hidden="true">{t('restore')}</span>
      <span className="visually-hidden">{t('restoreLong', { name })}</span>
    </ActButton>
  )
}

/** One channel: kind, formatted address, and whether it is verified. */
export function ChannelLine({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation('contacts')
  const known = CHANNEL_LABELS.find((one) => one === channel.label)
  return (
    <span className={classes['channel']}>
      <ChannelIcon kind={channel.kind} />
      <span className="visually-hidden">{t(`kind.${channel.kind}`)}</span>
      <span data-digits className={classes['address']}>
        {channel.written || t('closed')}
      </span>
      {channel.label && <span className={classes['label']}>{known ? t(`label.${known}`) : channel.label}</span>}
      <VerifiedMark verified={channel.verified} byName={channel.verifiedByName} />
    </span>
  )
}
