import type { ApiClient } from '#contract/api.ts'
import { MINUTE } from '#domain/durations.ts'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { refreshChanged } from './refresh-changed.ts'

const ApiContext = createContext<ApiClient | null>(null)

function createQueryClient(): QueryClient {
  // The replica is on this machine: queries are read again when it reports a change, never by time.
  const always = { networkMode: 'always', retry: false } as const
  return new QueryClient({
    defaultOptions: {
      queries: {
        ...always,
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * MINUTE,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: always,
    },
  })
}

/** Provides the replica's client to all screens below, and refreshes queries when the replica reports a change. */
export function ApiProvider({ client, children }: { client: ApiClient; children: ReactNode }) {
  const [queries] = useState(createQueryClient)
  // Deferred, because lists with their own watcher are what the user looks at: they are requested first, in the same task.
  useEffect(() => client.watch((topics) => queueMicrotask(() => refreshChanged(queries, topics))), [client, queries])
  return (
    <ApiContext value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ApiContext>
  )
}

/** The replica's client, for calls that no hook covers. Throws outside of {@link ApiProvider} (a wiring error). */
export function useApiClient(): ApiClient {
  const client = use(ApiContext)
  if (!client) throw new Error('useApiClient outside of ApiProvider')
  return client
}

/** Whether the replica is reachable. */
export function useConnected(): boolean {
  const client = useApiClient()
  const [connected, setConnected] = useState(true)
  useEffect(() => client.connection(setConnected), [client])
  return connected
}
