import { createContext, use, type ReactNode } from 'react'

const ActGateContext = createContext<string | null>(null)

/** Provides the reason why nothing can be written now (connection lost, read-only); null if writing is possible. */
export function ActGate({ reason, children }: { reason: string | null; children: ReactNode }) {
  return <ActGateContext value={reason}>{children}</ActGateContext>
}

/** The reason why commands are disabled now, or null. */
export function useActGate(): string | null {
  return use(ActGateContext)
}
