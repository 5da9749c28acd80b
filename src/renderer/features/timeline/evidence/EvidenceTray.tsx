import type { Evidence } from '#domain/timeline/entry.ts'
import { useFailureWords } from '#ui/failure-words.ts'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '#ui/format-bytes.ts'
import type { EvidenceIntake } from './use-evidence-intake.ts'
import styles from './EvidenceTray.module.css'

/** The files of the entry being written: kept, uploading, and failed with the reason. */
export function EvidenceTray({
  kept,
  intake,
  onRemove,
}: {
  kept: readonly Evidence[]
  intake: EvidenceIntake
  onRemove?: (hash: string) => void
}) {
  const { t } = useTranslation('timeline')
  const word = useFailureWords()
  if (kept.length === 0 && intake.incoming.length === 0) return null
  return (
    <ul className={styles['tray']} aria-label={t('evidence.title')}>
      {kept.map((file) => (
        <li key={file.hash} className={styles['file']}>
          <IconPaperclip size={14} aria-hidden="true" />
          <span className={styles['name']}>{file.name}</span>
          <small>{formatBytes(file.size)}</small>
          {onRemove && (
            <button type="button" aria-label={t('evidence.takeOut', { name: file.name })} onClick={() => onRemove(file.hash)}>
              <IconX size={14} aria-hidden="true" />
            </button>
          )}
        </li>
      ))}
      {intake.incoming.map((file) => (
        <li key={file.key} className={styles['file']} data-failed={file.failure ? '' : undefined}>
          <span className={styles['name']}>{file.name}</span>
          {file.failure ? (
            <span role="alert">{word(file.failure)}</span>
          ) : (
            <>
              <progress
                max={1}
                value={file.size === null ? undefined : file.fraction}
                aria-label={t('evidence.arriving', { name: file.name })}
              />
              <small data-digits>{t('evidence.percent', { percent: Math.round(file.fraction * 100) })}</small>
            </>
          )}
          <button
            type="button"
            aria-label={t(file.failure ? 'evidence.dismiss' : 'evidence.stop', { name: file.name })}
            onClick={() => intake.dismiss(file.key)}
          >
            <IconX size={14} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}
