import type { Evidence } from '#domain/timeline/entry.ts'
import { IconPaperclip, IconPhoto } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { evidenceView, THUMBNAIL_LIMIT } from '../evidence/evidence-content.ts'
import { useEvidencePicture } from '../evidence/use-evidence-picture.ts'
import styles from './RowEvidence.module.css'

/** Number of files shown in a row; the rest are counted. The open entry shows them all. */
const SHOWN = 4

/** The files of an entry in its row: thumbnails and names. The height does not depend on what has loaded. */
export function RowEvidence({ files }: { files: readonly Evidence[] }) {
  const { t } = useTranslation('timeline')
  return (
    <ul className={styles['files']} aria-label={t('evidence.title')}>
      {files.slice(0, SHOWN).map((file) => (
        <li key={file.hash + file.name}>
          {evidenceView(file) === 'image' ? <Thumbnail file={file} /> : <IconPaperclip size={14} aria-hidden="true" />}
          <span>{file.name}</span>
        </li>
      ))}
      {files.length > SHOWN && <li>{t('evidence.more', { number: files.length - SHOWN })}</li>}
    </ul>
  )
}

function Thumbnail({ file }: { file: Evidence }) {
  const { url } = useEvidencePicture(file, THUMBNAIL_LIMIT)
  return url === null ? (
    <span className={styles['thumbnail']}>
      <IconPhoto size={16} aria-hidden="true" />
    </span>
  ) : (
    <img className={styles['thumbnail']} src={url} alt="" />
  )
}
