import { maskPersonal, personalKinds, personalSpots, type PersonalKind } from '#domain/privacy/mask-personal.ts'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { isMasked } from './masked-parts.ts'
import styles from './Personal.module.css'

const WARNED: ReadonlySet<PersonalKind> = new Set(['identity', 'card'])

/** The content of {@link MaskHint}. It includes all number patterns, so it is loaded when typing starts. */
export function MaskHintWords({ text, over }: { text: string; over: boolean }) {
  const { t, i18n } = useTranslation('personal')
  const calm = useDeferredValue(text)
  const kinds = personalKinds(calm)
  const kept = over && isMasked(calm)
  if (kinds.length === 0 && !kept) return null
  const named = (some: readonly PersonalKind[]) =>
    new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(some.map((kind) => t(`hint.kind.${kind}`)))
  const warned = kinds.filter((kind) => WARNED.has(kind))
  const quiet = kinds.filter((kind) => !WARNED.has(kind))
  const first = personalSpots(calm).find(({ kind }) => !WARNED.has(kind))
  const words = [
    ...(warned.length > 0 ? [t('hint.card', { kinds: named(warned) })] : []),
    ...(first ? [t('hint.masked', { kinds: named(quiet), mask: maskPersonal(calm.slice(first.from, first.to)) })] : []),
    ...(kept ? [t('hint.kept')] : []),
  ]
  return (
    <p className={styles['hint']} data-warn={warned.length > 0 ? '' : undefined} role="status">
      {words.join(' ')}
    </p>
  )
}
