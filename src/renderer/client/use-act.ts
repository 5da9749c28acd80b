import type { CallInput, CommandName, CallOutput } from '#contract/api.ts'
import type { Failure, Result } from '#contract/failures.ts'
import { useCallback, useState } from 'react'
import { useApiClient } from './api-context.tsx'

/** A command of the replica. It resolves to a result and never throws. */
export type Act<Name extends CommandName> = {
  act(input: CallInput<Name>): Promise<Result<CallOutput<Name>>>
  /** True while a call is in flight. */
  busy: boolean
  /** The failure of the last call; null if it succeeded. */
  failure: Failure | null
}

/** The command of that name. Its effects arrive through the queries that screens read. */
export function useAct<Name extends CommandName>(name: Name): Act<Name> {
  const client = useApiClient()
  const [underWay, setUnderWay] = useState(0)
  const [failure, setFailure] = useState<Failure | null>(null)
  const act = useCallback(
    async (input: CallInput<Name>) => {
      setUnderWay((count) => count + 1)
      const result = await client.call(name, input)
      setUnderWay((count) => count - 1)
      setFailure(result.ok ? null : result.failure)
      return result
    },
    [client, name],
  )
  return { act, busy: underWay > 0, failure }
}
