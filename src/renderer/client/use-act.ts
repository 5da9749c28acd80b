import type { CallInput, CommandName, CallOutput } from '#contract/api.ts'
import type { Failure, Result } from '#contract/failures.ts'
import { useCallback, useState } from 'react'
import { useApiClient } from './api-context.tsx'

/** An act on the replica; the result says what became of it and is never thrown. */
export type Act<Name extends CommandName> = {
  act(input: CallInput<Name>): Promise<Result<CallOutput<Name>>>
  /** True while one is under way. */
  busy: boolean
  /** Why the last one failed; null when it did not. */
  failure: Failure | null
}

/** The act of that name. What it changes comes back by itself through what screens read. */
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
