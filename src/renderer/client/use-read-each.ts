import type { CallInput, CallOutput, QueryName } from '#contract/api.ts'
import { useQueries } from '@tanstack/react-query'
import { useApiClient, useConnected } from './api-context.tsx'
import { readingOf, readOptions, repeatOptions, type Reading } from './use-read.ts'

/** Reads the same query for each input, like `useRead`; the readings are in the order of the inputs. `every`: see `useRead`. */
export function useReadEach<Name extends QueryName>(
  name: Name,
  inputs: readonly CallInput<Name>[],
  every?: number,
): Reading<CallOutput<Name>>[] {
  const client = useApiClient()
  const connected = useConnected()
  const queries = useQueries({
    queries: inputs.map((input) => ({ ...readOptions(client, name, input), ...repeatOptions(every) })),
  })
  return queries.map((query) => readingOf(query, connected, true))
}
