import { topicsOfQuery, type ApiClient, type CallInput, type CallOutput, type QueryName } from '#contract/api.ts'
import type { Failure, Result } from '#contract/failures.ts'
import { keepPreviousData, skipToken, useQuery, type QueryObserverOptions, type UseQueryResult } from '@tanstack/react-query'
import { useApiClient, useConnected } from './api-context.tsx'

/** What a screen holds of one read. */
export type Reading<T> = {
  data: T | undefined
  /** Why the last read failed; `data` may still hold what was read before. */
  failure: Failure | null
  /** True until there is data or a failure. */
  loading: boolean
  /** True when `data` may no longer be what the replica holds: it is of an earlier input, its refresh failed, or the replica is out of reach. */
  stale: boolean
  readAgain(): void
}

class ReadFailure extends Error {
  override readonly name = 'ReadFailure'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/**
 * Reads from the replica, and reads again whenever something changes on which the answer depends, see the contract.
 * @param input what the call takes; null: nothing is read yet
 * @param options.keep show what an earlier input gave until the new one is read (for filters and pages of the same list)
 */
export function useRead<Name extends QueryName>(
  name: Name,
  input: CallInput<Name> | null,
  options: { keep?: boolean } = {},
): Reading<CallOutput<Name>> {
  const client = useApiClient()
  const connected = useConnected()
  const query = useQuery<CallOutput<Name>, Error, CallOutput<Name>, readonly unknown[]>({
    ...readOptions(client, name, input),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  })
  return readingOf(query, connected, input !== null)
}

/** One query as the query library is asked for it: the same for every screen, so that none can miss what another sees. */
export function readOptions<Name extends QueryName>(
  client: Pick<ApiClient, 'call'>,
  name: Name,
  input: CallInput<Name> | null,
): Pick<QueryObserverOptions<CallOutput<Name>, Error, CallOutput<Name>, CallOutput<Name>, readonly unknown[]>, 'queryFn' | 'meta'> & {
  queryKey: readonly unknown[]
} {
  return {
    queryKey: [name, input],
    queryFn: input === null ? skipToken : async () => valueOf(await client.call(name, input)),
    meta: { topics: input === null ? [] : topicsOfQuery(name, input) },
  }
}

/** The value of a result; a failure is thrown, as the query library wants it. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new ReadFailure(result.failure)
  return result.value
}

/** A query as screens see it. @param asked whether there is anything to wait for */
export function readingOf<T>(query: UseQueryResult<T>, connected: boolean, asked: boolean): Reading<T> {
  return {
    data: query.data,
    failure: query.error ? failureOf(query.error) : null,
    loading: query.isPending && asked,
    stale: query.isPlaceholderData || (query.data !== undefined && query.isError) || !connected,
    readAgain: () => void query.refetch(),
  }
}

function failureOf(error: Error): Failure {
  return error instanceof ReadFailure ? error.failure : { code: 'internal', params: { detail: error.message } }
}
