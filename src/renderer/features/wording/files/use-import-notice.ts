import { useAct } from '#client/use-act.ts'
import type { CallOutput } from '#contract/api.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useTranslation } from 'react-i18next'

/** Tells what an import wrote and offers to undo it; after that, what of it stays. */
export function useImportNotice(): (result: CallOutput<'wordings.importFile'>) => void {
  const { t } = useTranslation('wording-files')
  const tell = useUndoNotice()
  const { act: takeBack } = useAct('wordings.undoImport')
  return ({ importId, added, revised }) =>
    tell(t('done', { added, count: revised }), async () => {
      const result = await takeBack({ importId })
      if (result.ok && result.value.kept > 0) tell(t('kept', { count: result.value.kept }))
      return result
    })
}
