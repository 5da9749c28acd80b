import { useSyncExternalStore } from 'react'
import { Kbd } from '../Kbd.tsx'
import { undoOffer, watchUndoOffer, type UndoOffer } from './undo-offer.ts'

/** The key Z, shown on the notification with the current undo offer (the latest). */
export function UndoKey({ offer }: { offer: UndoOffer }) {
  return useSyncExternalStore(watchUndoOffer, undoOffer) === offer ? <Kbd shortcut="Z" /> : null
}
