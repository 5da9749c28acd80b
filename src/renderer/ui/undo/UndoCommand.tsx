import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../commands/CommandProvider.tsx'
import { undoOffer, watchUndoOffer } from './undo-offer.ts'

/** Lets the key Z take back what a notice offers to take back. */
export function UndoCommand() {
  const { t } = useTranslation('ui')
  const offer = useSyncExternalStore(watchUndoOffer, undoOffer)
  useCommands([
    {
      id: 'ui.undo',
      section: t('frame:commands.section'),
      label: offer ? t('undo.what', { what: offer.label }) : t('undo.act'),
      shortcut: 'Z',
      disabled: offer === null,
      run: () => offer?.undo(),
    },
  ])
  return null
}
