import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { EntryView } from '#contract/timeline-api.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Button } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EvidenceCard } from '../evidence/EvidenceCard.tsx'
import { EvidenceTray } from '../evidence/EvidenceTray.tsx'
import { useEvidenceIntake } from '../evidence/use-evidence-intake.ts'
import { useRoom } from '../room/room-context.ts'
import { Part } from './Part.tsx'
import styles from './EntryEvidence.module.css'

/** The files of an entry, and the way to add more: choose, drop here, or paste. */
export function EntryEvidence({ entry }: { entry: EntryView }) {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const attach = useAct('timeline.attach')
  const [failure, setFailure] = useState<Failure | null>(null)
  const fileRef = useRef<HTMLInputElement>(null)
  const intake = useEvidenceIntake((file) => {
    void attach.act({ incidentId: room.incident.id, entryId: entry.id, hash: file.hash, name: file.name }).then((result) => setFailure(result.ok ? null : result.failure))
  })
  const mayAdd = room.barred === null && entry.kind !== 'system'
  if (!mayAdd && entry.evidence.length === 0) return null

  return (
    <Part
      title={t('evidence.titleNumber', { number: entry.evidence.length })}
      aside={
        mayAdd && (
          <Button size="compact-xs" variant="subtle" leftSection={<IconPaperclip size={14} aria-hidden="true" />} onClick={() => fileRef.current?.click()}>
            {t('evidence.add')}
          </Button>
        )
      }
    >
      <ul
        className={styles['files']}
        onDragOver={(event) => {
          if (mayAdd) event.preventDefault()
        }}
        onDrop={(event) => {
          if (!mayAdd) return
          event.preventDefault()
          event.stopPropagation()
          intake.take([...event.dataTransfer.files])
        }}
      >
        {entry.evidence.map((file) => (
          <EvidenceCard key={file.hash + file.name} file={file} />
        ))}
      </ul>
      <EvidenceTray kept={[]} intake={intake} />
      {failure && <FailureNotice failure={failure} />}
      <input
        ref={fileRef}
        type="file"
        multiple
        hidden
        aria-label={t('evidence.add')}
        onChange={(event) => {
          intake.take([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </Part>
  )
}
