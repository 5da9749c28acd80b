import { useAct } from '#client/use-act.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** Maximum number that one command can mark as unread again. */
const TAKEN_BACK = 500

/** Marks all notices as read; offers undo for ten seconds. */
export function useReadAll(): () => Promise<void> {
  const { t } = useTranslation('notices')
  const all = useAct('notices.readAll').act
  const some = useAct('notices.read').act
  const offerUndo = useUndoNotice()
  return useCallback(async () => {
    const done = await all({})
    if (!done.ok || done.value.ids.length === 0) return
    const ids = done.value.ids.slice(0, TAKEN_BACK)
    offerUndo(t('allRead', { count: done.value.ids.length }), () => some({ ids, read: false }))
  }, [all, some, t, offerUndo])
}
