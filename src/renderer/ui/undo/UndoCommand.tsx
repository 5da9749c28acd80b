import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../commands/CommandProvider.tsx'
import { undoOffer, watchUndoOffer } from './undo-offer.ts'

/** Registers the key Z for the current undo offer. */
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
