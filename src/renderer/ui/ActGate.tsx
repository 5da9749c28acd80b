import { createContext, use, type ReactNode } from 'react'

const ActGateContext = createContext<string | null>(null)

/** Says why nothing can be written now (connection lost, read-only), or null when everything can. */
export function ActGate({ reason, children }: { reason: string | null; children: ReactNode }) {
  return <ActGateContext value={reason}>{children}</ActGateContext>
}

/** The reason why acts are barred now, or null. */
export function useActGate(): string | null {
  return use(ActGateContext)
}
