import { useApiClient } from '#client/api-context.tsx'
import { saveBlob } from '#client/download.ts'
import type { EvidenceAvailability } from '#contract/file-api.ts'
import type { Failure } from '#contract/failures.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Button, CopyButton, Progress } from '@mantine/core'
import { IconCopy, IconDownload, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { evidenceView, IMAGE_PREVIEW_LIMIT, previewText, readEvidence, TEXT_PREVIEW_BYTES } from './evidence-content.ts'
import { formatBytes } from '#ui/format-bytes.ts'
import { AvailabilityMark } from './AvailabilityMark.tsx'
import { useEvidencePicture } from './use-evidence-picture.ts'
import styles from './EvidenceCard.module.css'

/** One evidence file: name, type, SHA-256, a preview if that is safe, and a button to save it. */
export function EvidenceCard({
  file,
  availability,
}: {
  file: Evidence
  /** Where the file is; undefined if it can only be here. */ availability: EvidenceAvailability | undefined
}) {
  const { t } = useTranslation('timeline')
  const client = useApiClient()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [saving, setSaving] = useState<number | null>(null)
  const view = evidenceView(file)

  const save = async () => {
    setSaving(0)
    const read = await readEvidence(client, file.hash, Number.POSITIVE_INFINITY, setSaving)
    setSaving(null)
    setFailure(read.ok ? null : read.failure)
    // Saved as untyped bytes, so that no program opens it automatically.
    if (read.ok) saveBlob(new Blob(read.value.parts, { type: 'application/octet-stream' }), file.name)
  }

  return (
    <li className={styles['card']}>
      <div className={styles['head']}>
        <span className={styles['name']}>{file.name}</span>
        <small data-digits>{formatBytes(file.size)}</small>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden="true" />}
          disabled={saving !== null}
          onClick={() => void save()}
        >
          {t('evidence.save')}
        </Button>
      </div>
      {saving !== null && <Progress value={saving * 100} size="xs" aria-label={t('evidence.saving', { name: file.name })} />}
      {availability && <AvailabilityMark availability={availability} name={file.name} />}
      <div className={styles['hash']}>
        <span>SHA-256</span>
        <code title={file.hash}>
          {file.hash.slice(0, 8)}…{file.hash.slice(-8)}
        </code>
        <CopyButton value={file.hash}>
          {({ copied, copy }) => (
            <button type="button" onClick={copy} aria-label={t('evidence.copyHash', { name: file.name })}>
              <IconCopy size={13} aria-hidden="true" />
              {copied ? t('evidence.copied') : t('evidence.copy')}
            </button>
          )}
        </CopyButton>
      </div>
      {view === 'image' && <Picture file={file} />}
      {view === 'text' && <TextPreview file={file} onFailure={setFailure} />}
      {view === 'none' && (
        <p className={styles['closed']}>
          <IconEyeOff size={14} aria-hidden="true" />
          {t('evidence.notOpened')}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
    </li>
  )
}

function Picture({ file }: { file: Evidence }) {
  const { t } = useTranslation('timeline')
  const { url, failed } = useEvidencePicture(file, IMAGE_PREVIEW_LIMIT)
  if (file.size > IMAGE_PREVIEW_LIMIT)
    return <p className={styles['closed']}>{t('evidence.pictureTooLarge', { limit: formatBytes(IMAGE_PREVIEW_LIMIT) })}</p>
  if (failed) return <FailureNotice failure={{ code: 'evidence-missing', params: {} }} />
  return url === null ? <div className={styles['waiting']} /> : <img className={styles['picture']} src={url} alt={file.name} />
}

function TextPreview({ file, onFailure }: { file: Evidence; onFailure: (failure: Failure | null) => void }) {
  const { t } = useTranslation('timeline')
  const client = useApiClient()
  const [text, setText] = useState<string | null>(null)
  const show = async () => {
    const read = await readEvidence(client, file.hash, TEXT_PREVIEW_BYTES)
    onFailure(read.ok ? null : read.failure)
    if (read.ok) setText(previewText(read.value.parts))
  }
  if (text === null) {
    return (
      <Button size="compact-xs" variant="subtle" onClick={() => void show()}>
        {t('evidence.showText')}
      </Button>
    )
  }
  return (
    <>
      {/* Long text scrolls within its frame, so it must be focusable. */}
      <pre className={styles['text']} tabIndex={0} aria-label={file.name}>
        {text}
      </pre>
      {file.size > TEXT_PREVIEW_BYTES && (
        <p className={styles['closed']}>
          {t('evidence.textCut', { shown: formatBytes(TEXT_PREVIEW_BYTES), size: formatBytes(file.size) })}
        </p>
      )}
    </>
  )
}
