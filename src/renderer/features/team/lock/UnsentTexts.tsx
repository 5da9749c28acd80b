import { saveBlob } from '#client/download.ts'
import { useRead } from '#client/use-read.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatExact, machineTime } from '#ui/time/format-time.ts'
import { useTranslation } from 'react-i18next'
import classes from './LockedScreen.module.css'
import { unsentFile } from './unsent-file.ts'

/** Local texts that never reached the hub: to read and to save as a file. */
export function UnsentTexts() {
  const { t, i18n } = useTranslation('team')
  const { data, failure, readAgain } = useRead('membership.unsent', {})
  if (failure && !data) return <FailureNotice failure={failure} onRetry={readAgain} />
  const texts = data ?? []
  return (
    <>
      <ul className={classes['unsent']} tabIndex={0} aria-label={t('lock.unsentList')}>
        {texts.map((one) => (
          <li key={`${one.at} ${one.type} ${one.text}`}>
            <time dateTime={machineTime(one.at)}>{formatExact(one.at, i18n.language)}</time>
            <p>{one.text}</p>
          </li>
        ))}
      </ul>
      <ActButton
        quiet
        readsOnly
        onAct={() => saveBlob(new Blob([unsentFile(texts, i18n.language)], { type: 'text/plain' }), t('lock.unsentFile'))}
      >
        {t('lock.unsentAct', { count: texts.length })}
      </ActButton>
    </>
  )
}
