import { useApiClient } from '#client/api-context.tsx'
import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import { usePermit } from '#features/permissions'
import { useRoom } from '#features/room'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Button } from '@mantine/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../composer/Composer.tsx'
import { draftHasContent } from '../composer/entry-draft.ts'
import { withFile } from '../evidence/with-file.ts'
import type { DraftHold } from '../composer/use-entry-draft.ts'
import { useEvidenceIntake } from '../evidence/use-evidence-intake.ts'
import type { EntryActs } from '../list/EntryItem.tsx'
import { TimelineFilters } from '../list/TimelineFilters.tsx'
import { toTimelineFilter, unfiltered } from '../list/timeline-query.ts'
import { useTimelineQuery } from '../list/use-timeline-query.ts'
import { useTimelineWindow } from '../list/use-timeline-window.ts'
import { useViewCommands } from '../list/use-view-commands.ts'
import { RoomTimeline } from './RoomTimeline.tsx'
import { SidePanel } from './SidePanel.tsx'
import { useFileDrop } from './use-file-drop.ts'
import styles from './IncidentRoom.module.css'

type IncidentRoomProps = {
  draft: DraftHold
  composing: boolean
  onComposing(open: boolean): void
  wanted: { entryId: string } | null
  onWanted(wanted: { entryId: string } | null): void
}

/** The timeline and the side panel, and their interaction. */
export function IncidentRoom({ draft, composing, onComposing, wanted, onWanted }: IncidentRoomProps) {
  const { t } = useTranslation('timeline')
  const client = useApiClient()
  const room = useRoom()
  const incidentId = room.incident.id
  const { query, narrow } = useTimelineQuery()
  const shown = useTimelineWindow({ incidentId, filter: toTimelineFilter(query), zone: room.zone, group: query.group })
  useViewCommands(query, narrow)
  const star = useAct('timeline.star')
  const starBarred = usePermit('entry.star', { incident: room.incident })
  const writeBarred = usePermit('entry.record', { incident: room.incident })
  const [failure, setFailure] = useState<Failure | null>(null)
  const [hiddenEntry, setHiddenEntry] = useState<string | null>(null)
  const textRef = useRef<HTMLTextAreaElement>(null)
  const filterRef = useRef<HTMLInputElement>(null)
  const { update } = draft
  const intake = useEvidenceIntake(useCallback((file) => update((now) => ({ evidence: withFile(now.evidence, file) })), [update]))

  useEffect(() => {
    if (composing) textRef.current?.focus()
  }, [composing])

  const { openEntry } = room
  const { act: setStar } = star
  const acts = useMemo(
    (): EntryActs => ({
      open: (entryId, part) => {
        openEntry(entryId, part === 'comments' ? 'comment' : 'read')
        if (part === 'corrections')
          requestAnimationFrame(() => document.getElementById('entry-corrections')?.scrollIntoView({ block: 'start' }))
      },
      star: (entryId, starred) =>
        void setStar({ incidentId, entryId, starred }).then((result) => setFailure(result.ok ? null : result.failure)),
    }),
    [incidentId, openEntry, setStar],
  )

  const compose = () => {
    onComposing(true)
    textRef.current?.focus()
  }
  const section = t('keys.section')
  useCommands([
    { id: 'timeline.write', label: t('keys.write'), section, shortcut: 'E', disabled: writeBarred !== null, run: compose },
    { id: 'timeline.filter', label: t('keys.filter'), section, shortcut: '/', run: () => filterRef.current?.focus() },
    {
      id: 'timeline.close',
      label: t('entry.close'),
      section,
      shortcut: 'Escape',
      hidden: true,
      disabled: room.openEntryId === null,
      run: room.closeEntry,
    },
  ])

  const onSaved = async (entryId: string) => {
    setHiddenEntry(null)
    // If the filter hides the new entry, tell the user where it is.
    const place = await client.call('timeline.locate', { incidentId, entryId, filter: toTimelineFilter(query) })
    if (place.ok && place.value === null) setHiddenEntry(entryId)
    else onWanted({ entryId })
  }

  const { dropping, handlers } = useFileDrop(writeBarred !== null, (files) => {
    intake.take(files)
    compose()
  })

  return (
    <div className={styles['room']}>
      <p className={styles['onPaper']}>{t('room.onPaper')}</p>
      <div className={styles['columns']}>
        <section className={styles['timeline']} aria-label={t('list.label')} data-dropping={dropping ? '' : undefined} {...handlers}>
          <Composer
            hold={draft}
            intake={intake}
            open={composing}
            onOpen={compose}
            onClose={() => onComposing(false)}
            onSaved={(entryId) => void onSaved(entryId)}
            textRef={textRef}
          />
          <TimelineFilters query={query} onChange={narrow} outline={shown?.snapshot.outline ?? null} textRef={filterRef} />
          {failure && <FailureNotice failure={failure} />}
          {shown?.snapshot.failure && <FailureNotice failure={shown.snapshot.failure} onRetry={shown.window.refresh} />}
          {hiddenEntry !== null && (
            <p className={styles['hidden']} role="status">
              {t('room.savedButHidden')}
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => {
                  narrow(unfiltered(query))
                  onWanted({ entryId: hiddenEntry })
                  setHiddenEntry(null)
                }}
              >
                {t('room.showIt')}
              </Button>
            </p>
          )}
          {shown && <RoomTimeline query={query} shown={shown} acts={acts} starBarred={starBarred} wanted={wanted} />}
          {dropping && <div className={styles['drop']}>{t(draftHasContent(draft.draft) ? 'room.dropHere' : 'room.dropNew')}</div>}
        </section>
        <aside className={styles['side']} aria-label={t('room.side')}>
          <SidePanel />
        </aside>
      </div>
    </div>
  )
}
