import { useAct } from '#client/use-act.ts'
import type { RevealedView } from '#contract/personal-api.ts'
import type { Failure } from '#contract/failures.ts'
import { REVEAL_REASONS, REVEAL_SHOWN_MS, REVEALS_PER_HOUR, type RevealedText, type RevealReason } from '#domain/privacy/reveal.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { Modal, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MaskedText } from './MaskedText.tsx'
import styles from './Personal.module.css'

type Props = { incidentId: string; of: RevealedText; text: string; onClose: () => void; onShown: (revealed: RevealedView) => void }

/** Asks for the reason of a reveal, and explains how it is recorded. */
export function RevealDialog({ incidentId, of, text, onClose, onShown }: Props) {
  const { t } = useTranslation('personal')
  const reveal = useAct('personal.reveal')
  const [reason, setReason] = useState<RevealReason>('call-back')
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const missing = tried && words.trim() === ''

  const show = async () => {
    setTried(true)
    if (words.trim() === '' || reveal.busy) return
    const result = await reveal.act({ incidentId, of, reason, words })
    if (result.ok) onShown(result.value)
    else setFailure(result.failure)
  }

  return (
    <Modal opened onClose={onClose} title={t('dialog.title')} size={520} yOffset="10vh" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <form
        className={styles['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          // The form is rendered inside other interactive areas; they must not receive its events.
          event.stopPropagation()
          void show()
        }}
      >
        <blockquote className={styles['asked']}>
          <MaskedText text={text} />
        </blockquote>
        <Radio.Group
          label={t('dialog.reason')}
          value={reason}
          onChange={(value) => setReason(REVEAL_REASONS.find((one) => one === value) ?? reason)}
        >
          <div className={styles['reasons']}>
            {REVEAL_REASONS.map((one) => (
              <Radio key={one} size="xs" value={one} label={t(`reason.${one}`)} />
            ))}
          </div>
        </Radio.Group>
        <FieldRow label={t('dialog.words')} hint={t('dialog.wordsHint')} required error={missing ? t('dialog.wordsMissing') : null}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              aria-required
              data-autofocus
              maxLength={300}
              error={missing}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
        </FieldRow>
        <p className={styles['note']}>{t('dialog.record', { count: REVEALS_PER_HOUR })}</p>
        {failure && <FailureNotice failure={failure} />}
        <div className={styles['acts']}>
          <ActButton submit busy={reveal.busy}>
            {t('dialog.act', { count: REVEAL_SHOWN_MS / 1000 })}
          </ActButton>
        </div>
      </form>
    </Modal>
  )
}
