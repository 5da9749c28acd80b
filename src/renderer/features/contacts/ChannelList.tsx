import { useAct } from '#client/use-act.ts'
import type { ChannelView, ContactView } from '#contract/contact-api.ts'
import type { Failure, Result } from '#contract/failures.ts'
import { CHANNEL_KINDS, type ChannelKind } from '#domain/contacts/channel-address.ts'
import { PROOFS, type Proof } from '#domain/contacts/contact.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { NativeSelect, TextInput } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useContactFailure } from './contact-words.ts'
import classes from './contacts.module.css'
import { ChannelLine } from './ContactTable.tsx'

/** The channels of a contact in the order of use: verify, move, remove, add. */
export function ChannelList({ contact }: { contact: ContactView }) {
  const { t } = useTranslation('contacts')
  const barred = usePermit('contact.revise', { own: contact.own })
  const word = useContactFailure()
  const [failure, setFailure] = useState<Failure | null>(null)
  const note = (result: Result<unknown>) => setFailure(result.ok ? null : result.failure)
  return (
    <section className={classes['part']} aria-label={t('channels')}>
      <h3>{t('channelsInOrder')}</h3>
      {contact.channels.length === 0 && <p className={classes['late']}>{t('noChannel')}</p>}
      <ol className={classes['order']}>
        {contact.channels.map((channel, index) => (
          <li key={channel.id}>
            <ChannelLine channel={channel} />
            {channel.address !== '' && <ChannelActs contact={contact} channel={channel} index={index} barred={barred} onResult={note} />}
          </li>
        ))}
      </ol>
      {failure && (
        <p className={classes['late']} role="alert">
          {word(failure)}
        </p>
      )}
      <NewChannel contactId={contact.id} barred={barred} />
    </section>
  )
}

type ActsProps = {
  contact: ContactView
  channel: ChannelView
  index: number
  barred: string | null
  onResult: (result: Result<unknown>) => void
}

function ChannelActs({ contact, channel, index, barred, onResult }: ActsProps) {
  const { t } = useTranslation('contacts')
  const verify = useAct('contacts.verifyChannel')
  const remove = useAct('contacts.removeChannel')
  const set = useAct('contacts.setChannel')
  const offerUndo = useUndoNotice()
  // Nobody answers the call of an e-mail.
  const [how, setHow] = useState<Proof>(channel.kind === 'mobile' || channel.kind === 'landline' ? 'answered' : 'message-confirmed')
  const contactId = contact.id
  const { id: channelId, kind, address, label } = channel
  const put = (at: number) => set.act({ contactId, channelId, channel: { kind, address, label }, at })
  return (
    <span className={classes['channelActs']}>
      {channel.verified === null && (
        <>
          <NativeSelect
            size="xs"
            aria-label={t('howLabel', { address: channel.written })}
            value={how}
            onChange={(event) => setHow(PROOFS.find((one) => one === event.currentTarget.value) ?? how)}
            data={PROOFS.map((one) => ({ value: one, label: t(`how.${one}`) }))}
          />
          <ActButton
            quiet
            size="compact-xs"
            busy={verify.busy}
            barred={barred}
            onAct={() => void verify.act({ contactId, channelId, address, how }).then(onResult)}
          >
            {t('verify')}
          </ActButton>
        </>
      )}
      {channel.verified !== null && (
        <ActButton
          quiet
          size="compact-xs"
          busy={verify.busy}
          barred={barred}
          onAct={() => void verify.act({ contactId, channelId, address, how: null }).then(onResult)}
        >
          {t('unverify')}
        </ActButton>
      )}
      {index > 0 && (
        <ActButton quiet size="compact-xs" busy={set.busy} barred={barred} onAct={() => void put(index - 1).then(onResult)}>
          <span aria-hidden="true">↑</span>
          <span className="visually-hidden">{t('earlier', { address: channel.written })}</span>
        </ActButton>
      )}
      <ActButton
        quiet
        size="compact-xs"
        busy={remove.busy}
        barred={barred}
        onAct={() =>
          void remove.act({ contactId, channelId }).then((result) => {
            onResult(result)
            if (result.ok) offerUndo(t('channelRemoved', { address: channel.written }), () => put(index))
          })
        }
      >
        <span aria-hidden="true">×</span>
        <span className="visually-hidden">{t('removeChannel', { address: channel.written })}</span>
      </ActButton>
    </span>
  )
}

function NewChannel({ contactId, barred }: { contactId: string; barred: string | null }) {
  const { t } = useTranslation('contacts')
  const word = useContactFailure()
  const { act, busy } = useAct('contacts.setChannel')
  const [kind, setKind] = useState<ChannelKind>('mobile')
  const [address, setAddress] = useState('')
  const [label, setLabel] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (barred !== null) return
    const result = await act({ contactId, channel: { kind, address, label } })
    field.current?.focus()
    if (!result.ok) return setFailure(result.failure)
    setFailure(null)
    setAddress('')
    setLabel('')
  }
  return (
    <form className={classes['newChannel']} noValidate onSubmit={(event) => void add(event)}>
      <NativeSelect
        size="xs"
        label={t('kindLabel')}
        value={kind}
        onChange={(event) => setKind(CHANNEL_KINDS.find((one) => one === event.currentTarget.value) ?? kind)}
        data={CHANNEL_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
      />
      <TextInput
        size="xs"
        ref={field}
        label={t('addressLabel')}
        placeholder={t(`example.${kind}`)}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        error={failure ? word(failure) : null}
        maxLength={300}
      />
      <TextInput
        size="xs"
        label={t('labelLabel')}
        placeholder={t('labelExample')}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        maxLength={40}
      />
      <ActButton submit quiet size="xs" busy={busy} barred={barred ?? (address.trim() === '' ? t('problem.empty') : null)}>
        {t('addChannel')}
      </ActButton>
    </form>
  )
}
