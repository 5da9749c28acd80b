import { CommandDialogProvider } from '#features/command'
import { useRead } from '#client/use-read.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page } from '#ui/Page.tsx'
import { useMemo, useState } from 'react'
import { useLocation, useParams, useSearchParams } from 'react-router'
import { useEntryDraft } from './composer/use-entry-draft.ts'
import { IncidentRoom } from './room/IncidentRoom.tsx'
import { RoomProvider, type EntryIntent, type Room } from './room/room-context.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'

/** The room of one incident. */
export function IncidentRoomPage() {
  const { incidentId = '' } = useParams()
  const incident = useRead('incidents.get', { incidentId })
  const me = useRead('workspace.status', {}).data?.me
  if (!incident.data || me === undefined) {
    return <Page>{incident.failure && <FailureNotice failure={incident.failure} onRetry={incident.readAgain} />}</Page>
  }
  return <OpenRoom key={incidentId} incident={incident.data} me={me} />
}

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

function OpenRoom({ incident, me }: { incident: IncidentView; me: MemberView | null }) {
  const [address, setAddress] = useSearchParams()
  const [intent, setIntent] = useState<EntryIntent>('read')
  const write: unknown = (useLocation().state as { write?: unknown } | null)?.write
  const [composing, setComposing] = useState(write === true)
  const [knownAsked, setKnownAsked] = useState(0)
  const [wanted, setWanted] = useState<{ entryId: string } | null>(() => {
    const entryId = address.get('entry')
    return entryId === null ? null : { entryId }
  })
  const draft = useEntryDraft(incident.id, me?.name ?? '')
  const openEntryId = address.get('entry')
  const change = draft.change

  const room = useMemo((): Room => {
    const openEntry = (entryId: string | null, as: EntryIntent = 'read') => {
      setIntent(as)
      setAddress(
        (now) => {
          const next = new URLSearchParams(now)
          if (entryId === null) next.delete('entry')
          else next.set('entry', entryId)
          // The panel follows: to the entry, and back to what stood there without one.
          if (entryId !== null || next.get('side') === 'entry') next.delete('side')
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
      showEntry: (entryId) => {
        openEntry(entryId)
        setWanted({ entryId })
      },
      compose: (part) => {
        change(part)
        setComposing(true)
      },
      editKnown: () => setKnownAsked((count) => count + 1),
      knownAsked,
    }
  }, [incident, me, openEntryId, setAddress, change, knownAsked])

  return (
    <RoomProvider value={room}>
      <CommandDialogProvider incident={incident}>
        <IncidentRoom
          draft={draft}
          composing={composing}
          onComposing={setComposing}
          intent={intent}
          onIntentDone={() => setIntent('read')}
          wanted={wanted}
          onWanted={setWanted}
        />
      </CommandDialogProvider>
    </RoomProvider>
  )
}
