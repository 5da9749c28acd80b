import { useAct } from '#client/use-act.ts'
import type { AgentGroupView } from '#contract/agent-group-api.ts'
import { usePermits } from '#features/permissions'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useTranslation } from 'react-i18next'

/** Asks those once more who have not confirmed. The heads may, and the leads of a group in their group. */
export function useNudge() {
  const { t } = useTranslation('agents')
  const { act, busy, failure } = useAct('agents.nudge')
  const { me, barredFrom } = usePermits()
  const say = useUndoNotice()
  const barred = barredFrom('agents.manage')
  return {
    busy,
    failure,
    /** @param group null: all groups of the text */
    barredFor: (group: AgentGroupView | null) => (group && me && group.leads.some((id) => id === me.id) ? null : barred),
    nudge: async (wordingId: string, groupId: string | null) => {
      const done = await act({ wordingId, groupId })
      if (done.ok) say(t('nudge.done', { count: done.value.nudged }))
      return done
    },
  }
}
