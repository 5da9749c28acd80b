import type { EntryView } from '#contract/timeline-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { LINK_RELATIONS, type LinkRelation } from '#domain/timeline/entry.ts'
import { usePermittedAct } from '#features/permissions'
import { EntryPicker, useRoom } from '#features/room'
import { Dialog } from '#ui/Dialog.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { SegmentedControl } from '@mantine/core'
import { IconUnlink } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Part } from './Part.tsx'
import { useEntryWords } from '#ui/entry-words.ts'
import styles from './EntryLinks.module.css'

/** System notes can be long; a link only needs enough text to identify its target. */
const LONGEST = 80

/** The links of an entry in both directions. `picking` opens the entry picker. */
export function EntryLinks({ entry, picking, onPicked }: { entry: EntryView; picking: boolean; onPicked: () => void }) {
  const { t, i18n } = useTranslation('timeline')
  const room = useRoom()
  const words = useEntryWords()
  const now = useNow(MINUTE)
  const link = usePermittedAct('timeline.link', { incident: room.incident, own: entry.author === room.me?.id })
  const { barred, failure } = link
  const [relation, setRelation] = useState<LinkRelation>('relates')

  const change = async (to: string, as: LinkRelation, remove: boolean) => {
    const result = await link.act({ incidentId: room.incident.id, entryId: entry.id, to, relation: as, ...(remove ? { remove } : {}) })
    if (result.ok) onPicked()
  }

  return (
    <>
      {entry.linked.length > 0 && (
        <Part title={t('links.title', { number: entry.linked.length })}>
          <ul className={styles['links']}>
            {entry.linked.map((other) => (
              <li key={`${other.direction}-${other.id}`}>
                <button type="button" className={styles['link']} onClick={() => room.showEntry(other.id)}>
                  <small>
                    {t(`relations.${other.direction}.${other.relation}`)} · {t(`terms:kind.${other.kind}`)} ·{' '}
                    {formatMoment(other.happenedAt, now, i18n.language)}
                  </small>
                  <span>{words(other).slice(0, LONGEST)}</span>
                </button>
                {other.direction === 'to' && (
                  <button
                    type="button"
                    className={styles['cut']}
                    disabled={barred !== null}
                    title={barred ?? undefined}
                    aria-label={t('links.remove', { text: words(other).slice(0, 30) })}
                    onClick={() => void change(other.id, other.relation, true)}
                  >
                    <IconUnlink size={15} aria-hidden="true" />
                  </button>
                )}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {failure && !picking && <FailureNotice failure={failure} />}
      <Dialog opened={picking} onClose={onPicked} title={t('links.pickTitle')} size="lg">
        <div className={styles['pick']}>
          <SegmentedControl
            size="xs"
            aria-label={t('links.relation')}
            value={relation}
            onChange={(value) => setRelation(LINK_RELATIONS.find((one) => one === value) ?? 'relates')}
            data={LINK_RELATIONS.map((one) => ({ value: one, label: t(`relations.to.${one}`) }))}
          />
          {failure && <FailureNotice failure={failure} />}
          <EntryPicker label={t('links.pickTitle')} except={entry.id} onPick={(to) => void change(to, relation, false)} />
        </div>
      </Dialog>
    </>
  )
}
