import type { Mention } from '#domain/notices/notice.ts'
import { MentionedText } from '#features/notices'
import { useTranslation } from 'react-i18next'
import { isMasked, maskedParts } from './masked-parts.ts'
import styles from './Personal.module.css'

/** A text with its masks highlighted, so that asterisks are not mistaken for the original, and with mentions. */
export function MaskedText({ text, mentions }: { text: string; mentions?: readonly Mention[] | undefined }) {
  const { t } = useTranslation('personal')
  if (!isMasked(text)) return <MentionedText text={text} mentions={mentions} />
  return maskedParts(text).map((part) =>
    part.masked ? (
      <span key={part.at} className={styles['mask']} title={t('masked')}>
        {part.text}
      </span>
    ) : (
      <MentionedText key={part.at} text={part.text} mentions={mentions} />
    ),
  )
}
