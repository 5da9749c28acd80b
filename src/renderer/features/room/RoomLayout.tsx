import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { CommandDialogProvider } from '#features/command'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Page } from '#ui/Page.tsx'
import { useEffect, useMemo, useState } from 'react'
import { Outlet, useLocation, useMatch, useNavigate, useParams, useSearchParams } from 'react-router'
import { IncidentHeader } from './IncidentHeader.tsx'
import { RoomNav } from './RoomNav.tsx'
import { RoomProvider, type EntryIntent, type Room, type RoomWish } from './room-context.ts'
import { roomAddress } from './room-tabs.ts'
import styles from './RoomLayout.module.css'

/** The layout of an incident's pages: header, navigation and dialogs. */
export function RoomLayout() {
  const { incidentId = '' } = useParams()
  const incident = useRead('incidents.get', { incidentId })
  const me = useRead('workspace.status', {}).data?.me
  if (!incident.data || me === undefined) {
    return <Page>{incident.failure && <FailureNotice failure={incident.failure} onRetry={incident.readAgain} />}</Page>
  }
  return <OpenIncident key={incidentId} incident={incident.data} me={me} />
}

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

function OpenIncident({ incident, me }: { incident: IncidentView; me: MemberView | null }) {
  const [address, setAddress] = useSearchParams()
  const navigate = useNavigate()
  const onTimeline = useMatch('/incidents/:incidentId') !== null
  const [intent, setIntent] = useState<EntryIntent>('read')
  const location = useLocation()
  const write: unknown = (location.state as { write?: unknown } | null)?.write
  const [wish, setWish] = useState<RoomWish | null>(write === true ? { write: {} } : null)
  // The state stays in the history entry; without this a reload or Back would open the composer again.
  useEffect(() => {
    if (write === true) void navigate(location, { replace: true, state: null })
  }, [write, location, navigate])
  const [knownAsked, setKnownAsked] = useState(0)
  const openEntryId = onTimeline ? address.get('entry') : null

  const room = useMemo((): Room => {
    const timeline = roomAddress(incident.id, '')
    const openEntry = (entryId: string | null, as: EntryIntent = 'read') => {
      setIntent(as)
      if (!onTimeline) return void navigate(entryId === null ? timeline : `${timeline}?entry=${entryId}`)
      setAddress(
        (now) => {
          const next = new URLSearchParams(now)
          if (entryId === null) next.delete('entry')
          else next.set('entry', entryId)
          return next
        },
        { replace: true },
      )
    }
    return {
      incident,
      me,
      zone: ZONE,
      openEntryId,
      openEntry,
      closeEntry: () => openEntry(null),
      intent,
      intentDone: () => setIntent('read'),
      showEntry: (entryId) => {
        openEntry(entryId)
        setWish({ show: entryId })
      },
      compose: (start) => {
        setWish({ write: start })
        if (!onTimeline) void navigate(timeline)
      },
      wish,
      wishDone: () => setWish(null),
      editKnown: () => setKnownAsked((count) => count + 1),
      knownAsked,
    }
  }, [incident, me, openEntryId, onTimeline, navigate, setAddress, intent, wish, knownAsked])

  return (
    <RoomProvider value={room}>
      <CommandDialogProvider incident={incident}>
        <div className={styles['room']}>
          <Guarded of={incident}>
            <IncidentHeader />
          </Guarded>
          <RoomNav />
          <div className={styles['page']}>
            <Outlet />
          </div>
        </div>
      </CommandDialogProvider>
    </RoomProvider>
  )
}
