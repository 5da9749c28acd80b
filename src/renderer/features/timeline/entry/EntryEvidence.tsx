import type { EntryView } from '#contract/timeline-api.ts'
import { usePermittedAct } from '#features/permissions'
import { useRoom } from '#features/room'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { IconPaperclip } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EvidenceCard } from '../evidence/EvidenceCard.tsx'
import { EvidenceTray } from '../evidence/EvidenceTray.tsx'
import { useEvidenceIntake } from '../evidence/use-evidence-intake.ts'
import { useEvidenceAvailability } from '../evidence/use-evidence-availability.ts'
import { Part } from './Part.tsx'
import styles from './EntryEvidence.module.css'

/** The files of an entry, and ways to add more: choose, drop, or paste. */
export function EntryEvidence({ entry }: { entry: EntryView }) {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const attach = usePermittedAct('timeline.attach', { incident: room.incident, own: entry.author === room.me?.id })
  const { barred, failure } = attach
  const fileRef = useRef<HTMLInputElement>(null)
  const intake = useEvidenceIntake((file) => {
    void attach.act({ incidentId: room.incident.id, entryId: entry.id, hash: file.hash, name: file.name })
  })
  const availability = useEvidenceAvailability(room.incident.id, entry.evidence)
  const isSystem = entry.kind === 'system'
  const mayAdd = barred === null && !isSystem
  if (isSystem && entry.evidence.length === 0) return null

  return (
    <Part
      title={t('evidence.titleNumber', { number: entry.evidence.length })}
      aside={
        !isSystem && (
          <ActButton
            quiet
            size="compact-xs"
            barred={barred}
            leftSection={<IconPaperclip size={14} aria-hidden="true" />}
            onAct={() => fileRef.current?.click()}
          >
            {t('evidence.add')}
          </ActButton>
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
          <EvidenceCard key={file.hash + file.name} file={file} availability={availability?.[file.hash]} />
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
