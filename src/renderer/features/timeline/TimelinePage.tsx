import { useRoom } from '#features/room'
import { useEffect, useEffectEvent, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useEntryDraft } from './composer/use-entry-draft.ts'
import { IncidentRoom } from './room/IncidentRoom.tsx'

/** The timeline of an incident with its composer and side panel. */
export function TimelinePage() {
  const { incident, me, wish, wishDone } = useRoom()
  const [address] = useSearchParams()
  const draft = useEntryDraft(incident.id, me?.name ?? '')
  const [composing, setComposing] = useState(false)
  const [wanted, setWanted] = useState<{ entryId: string } | null>(() => {
    const entryId = address.get('entry')
    return entryId === null ? null : { entryId }
  })
  const fulfil = useEffectEvent((asked: NonNullable<typeof wish>) => {
    if ('write' in asked) {
      draft.change(asked.write)
      setComposing(true)
    } else setWanted({ entryId: asked.show })
    wishDone()
  })
  useEffect(() => {
    if (wish !== null) fulfil(wish)
  }, [wish])
  return <IncidentRoom draft={draft} composing={composing} onComposing={setComposing} wanted={wanted} onWanted={setWanted} />
}
