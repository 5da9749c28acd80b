import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import type { Action } from '#domain/permissions/matrix.ts'
import { permit } from '#domain/permissions/permit.ts'
import { useActGate } from '#ui/ActGate.tsx'
import { useFailureWords } from '#ui/failure-words.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'

export type Of = {
  incident?: IncidentView | undefined
  /** Whether the object of the action belongs to the current member. */
  own?: boolean
}

export type Permits = {
  /** The current member; null until known. */
  me: MemberView | null
  /** Like {@link usePermit}, for many actions on one screen. */
  barredFrom(action: Action, of?: Of): string | null
}

/** {@link usePermit} for all actions at once. */
export function usePermits(): Permits {
  const { t } = useTranslation('permissions')
  const gate = useActGate()
  const word = useFailureWords()
  const me = useRead('workspace.status', {}).data?.me ?? null
  const now = useNow(30_000)
  return {
    me,
    barredFrom: (action, { incident, own } = {}) => {
      if (gate !== null) return gate
      if (!me) return null
      const refusal = permit({ id: me.id, state: me, now }, action, { incident, ...(own === undefined ? {} : { own }) })
      if (!refusal) return null
      const commands =
        incident &&
        String(refusal.params['roles'] ?? '')
          .split(',')
          .includes('commander')
      return commands ? `${word(refusal)}${t('here', { name: incident.commanderName })}` : word(refusal)
    },
  }
}

/**
 * The reason why the current member may not perform an action now, naming who may; null if permitted. It reads the same matrix as the
 * replica and the hub, so that an enabled button is not refused.
 */
export function usePermit(action: Action, of: Of = {}): string | null {
  return usePermits().barredFrom(action, of)
}
