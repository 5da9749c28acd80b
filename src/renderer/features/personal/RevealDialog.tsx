import { useAct } from '#client/use-act.ts'
import type { RevealedView } from '#contract/personal-api.ts'
import { REVEAL_REASONS, REVEAL_SHOWN_MS, REVEALS_PER_HOUR, type RevealedText, type RevealReason } from '#domain/privacy/reveal.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { Radio, TextInput } from '@mantine/core'
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
  const form = useSubmit(reveal, { input: words.trim() === '' ? null : { incidentId, of, reason, words }, onDone: onShown })
  const missing = form.tried && words.trim() === ''

  return (
    <FormDialog title={t('dialog.title')} onClose={onClose} form={form} act={t('dialog.act', { count: REVEAL_SHOWN_MS / 1000 })} size={520}>
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
    </FormDialog>
  )
}
