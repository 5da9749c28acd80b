import type { EntryView } from '#contract/timeline-api.ts'
import { Tag } from '#domain/timeline/entry.ts'
import { usePermittedAct } from '#features/permissions'
import { useRoom } from '#features/room'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './EntryTags.module.css'

/** The tags of an entry with buttons to remove them, and a field to add one. */
export function EntryTags({ entry }: { entry: EntryView }) {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const tag = usePermittedAct('timeline.tag', { incident: room.incident, own: entry.author === room.me?.id })
  const { barred, failure } = tag
  const [typed, setTyped] = useState('')
  const [unfit, setUnfit] = useState(false)

  const change = async (add: string[], remove: string[]) => {
    const result = await tag.act({ incidentId: room.incident.id, entryId: entry.id, add, remove })
    return result.ok
  }

  return (
    <div className={styles['tags']}>
      {entry.tags.map((one) => (
        <span key={one} className={styles['tag']}>
          #{one}
          {barred === null && (
            <button type="button" aria-label={t('tags.remove', { tag: one })} onClick={() => void change([], [one])}>
              <IconX size={12} aria-hidden="true" />
            </button>
          )}
        </span>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const parsed = Tag.safeParse(typed.replace(/^[#\uff03]/u, ''))
          setUnfit(!parsed.success && typed.trim() !== '')
          if (parsed.success) void change([parsed.data], []).then((saved) => saved && setTyped((now) => (now === typed ? '' : now)))
        }}
      >
        <input
          value={typed}
          aria-label={t('tags.add')}
          placeholder={t('tags.add')}
          maxLength={31}
          disabled={barred !== null}
          title={barred ?? undefined}
          aria-invalid={unfit || undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </form>
      {unfit && (
        <p className={styles['unfit']} role="alert">
          {t('tags.unfit')}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
    </div>
  )
}
