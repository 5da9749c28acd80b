import { topicsOfQuery, type ApiClient, type CallInput, type CallOutput, type QueryName } from '#contract/api.ts'
import type { Failure, Result } from '#contract/failures.ts'
import { keepPreviousData, skipToken, useQuery, type QueryObserverOptions, type UseQueryResult } from '@tanstack/react-query'
import { useApiClient, useConnected } from './api-context.tsx'

/** The state of one query on a screen. */
export type Reading<T> = {
  data: T | undefined
  /** The failure of the last read; `data` may still hold the result of an earlier one. */
  failure: Failure | null
  /** True until there is data or a failure. */
  loading: boolean
  /** True if `data` may be outdated: it belongs to an earlier input, its refresh failed, or the replica is unreachable. */
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
 * Reads from the replica, and reads again when a topic that the answer depends on changes (see the contract).
 * @param input the input of the call; null: nothing is read yet
 * @param options.every read again after this time, milliseconds, while the page is visible: for what no topic announces
 * @param options.keep show the result of the earlier input until the new one arrives (for filters and pages of one list)
 */
export function useRead<Name extends QueryName>(
  name: Name,
  input: CallInput<Name> | null,
  options: { keep?: boolean; every?: number } = {},
): Reading<CallOutput<Name>> {
  const client = useApiClient()
  const connected = useConnected()
  const query = useQuery<CallOutput<Name>, Error, CallOutput<Name>, readonly unknown[]>({
    ...readOptions(client, name, input),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
    ...repeatOptions(options.every),
  })
  return readingOf(query, connected, input !== null)
}

/** The options of a query that is read again by time: an answer of an earlier visit is old, because no topic has announced changes. */
export function repeatOptions(every: number | undefined) {
  return every === undefined ? {} : { refetchInterval: every, refetchOnMount: 'always' as const }
}

/** The options of one query for the query library. All screens share them, so that all react to the same topics. */
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

/** The value of a result; throws its failure, as the query library expects. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new ReadFailure(result.failure)
  return result.value
}

type LibraryQuery<T> = Pick<UseQueryResult<T>, 'data' | 'error' | 'isError' | 'isPending' | 'isPlaceholderData'> & { refetch(): unknown }

/** Converts a library query to a {@link Reading}. @param asked whether the query has an input */
export function readingOf<T>(query: LibraryQuery<T>, connected: boolean, asked: boolean): Reading<T> {
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
