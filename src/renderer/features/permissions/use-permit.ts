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
  /** Whether what it would be done to is of the member on this machine. */
  own?: boolean
}

export type Permits = {
  /** The member on this machine; null until known. */
  me: MemberView | null
  /** As {@link usePermit} says it, for acts of which there are many on one screen. */
  barredFrom(action: Action, of?: Of): string | null
}

/** {@link usePermit} for every act at once. */
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
 * Why an act is barred for the member on this machine, now, naming who may do it instead; null when it may be done. It is read
 * from the same matrix that the replica and the hub judge by, so that a button never promises what they refuse.
 */
export function usePermit(action: Action, of: Of = {}): string | null {
  return usePermits().barredFrom(action, of)
}
