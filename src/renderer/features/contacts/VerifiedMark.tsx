import type { Verified } from '#domain/contacts/contact.ts'
import { formatExact } from '#ui/time/format-time.ts'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './contacts.module.css'

/** Whether a channel was verified to reach its person, when and by whom. */
export function VerifiedMark({ verified, byName }: { verified: Verified | null; byName: string | null }) {
  const { t, i18n } = useTranslation('contacts')
  if (!verified) {
    return (
      <span className={classes['unverified']}>
        <IconCircleDashed size={14} stroke={1.6} aria-hidden="true" /> {t('unverified')}
      </span>
    )
  }
  const at = formatExact(verified.at, i18n.language)
  return (
    <span className={classes['verified']} title={t('verifiedBy', { at, name: byName ?? '', how: t(`how.${verified.how}`) })}>
      <IconCircleCheck size={14} stroke={1.8} aria-hidden="true" /> {t('verified', { at: at.slice(0, 10) })}
    </span>
  )
}
