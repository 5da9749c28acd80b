import { holdsCardNumber, maskPersonal, personalSpots } from '#domain/privacy/mask-personal.ts'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { isMasked } from './masked-parts.ts'
import styles from './Personal.module.css'

/**
 * What becomes of numbers in a text that is being written (R8): quiet for a telephone, a warning for a card.
 * @param over the text stands over one that was read masked: what its masks stand for is kept
 */
export function MaskHint({ text, over = false }: { text: string; over?: boolean }) {
  const { t } = useTranslation('personal')
  const calm = useDeferredValue(text)
  const first = personalSpots(calm)[0]
  const card = holdsCardNumber(calm)
  const kept = over && isMasked(calm)
  if (!first && !kept) return null
  return (
    <p className={styles['hint']} data-warn={card ? '' : undefined} role="status">
      {first && (card ? t('hint.card') : t('hint.masked', { mask: maskPersonal(calm.slice(first.from, first.to)) }))}
      {kept && ` ${t('hint.kept')}`}
    </p>
  )
}
