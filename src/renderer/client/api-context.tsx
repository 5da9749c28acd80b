import type { ApiClient } from '#contract/api.ts'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { refreshChanged } from './refresh-changed.ts'

const ApiContext = createContext<ApiClient | null>(null)

function createQueryClient(): QueryClient {
  // The replica is on this machine: it is asked again when it says that something changed, never because time passed.
  const always = { networkMode: 'always', retry: false } as const
  return new QueryClient({
    defaultOptions: {
      queries: {
        ...always,
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: always,
    },
  })
}

/** Gives every screen below it the replica, and reads again what the replica says has changed. */
export function ApiProvider({ client, children }: { client: ApiClient; children: ReactNode }) {
  const [queries] = useState(createQueryClient)
  // Lists that watch for themselves are what is looked at: they are asked for first, in the same turn.
  useEffect(() => client.watch((topics) => queueMicrotask(() => refreshChanged(queries, topics))), [client, queries])
  return (
    <ApiContext value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ApiContext>
  )
}

/** The replica, for acts that no hook covers. Throws outside of {@link ApiProvider}: a mistake in wiring. */
export function useApiClient(): ApiClient {
  const client = use(ApiContext)
  if (!client) throw new Error('useApiClient outside of ApiProvider')
  return client
}

/** Whether the replica can be reached now. */
export function useConnected(): boolean {
  const client = useApiClient()
  const [connected, setConnected] = useState(true)
  useEffect(() => client.connection(setConnected), [client])
  return connected
}
