import { useAct } from '#client/use-act.ts'
import { isClockOpen, type ClockId, type ClockState } from '#domain/incidents/clocks.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MeetsChoice } from './MeetsChoice.tsx'
import { EntryPicker } from './pick/EntryPicker.tsx'
import { useRoom } from './room-context.ts'

/** Chooses the entry that met the clock: statements and actions first. One entry may meet several clocks. */
export function MeetClockDialog({ clock, onClose }: { clock: ClockState; onClose: () => void }) {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const meet = useAct('incidents.meetClock')
  const others = room.incident.clocks.filter((one) => one.id !== clock.id && isClockOpen(one)).map((one) => one.id)
  const [also, setAlso] = useState<ClockId[]>([])
  const title = t('clocks.which', { clock: t(`terms:clock.${clock.id}`) })
  return (
    <Dialog onClose={onClose} title={title} size="lg">
      {meet.failure && <FailureNotice failure={meet.failure} />}
      <MeetsChoice offered={others} chosen={also} onChange={setAlso} />
      <EntryPicker
        label={title}
        preferred={['statement', 'action']}
        onPick={(entryId) =>
          void meet
            .act({ incidentId: room.incident.id, clock: clock.id, entryId, also: also.filter((one) => others.includes(one)) })
            .then((result) => {
              if (result.ok) onClose()
            })
        }
      />
    </Dialog>
  )
}
