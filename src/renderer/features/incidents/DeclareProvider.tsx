import { usePermit } from '#features/permissions'
import { createContext, use, useCallback, useState, type ReactNode } from 'react'
import { DeclareDialog } from './DeclareDialog.tsx'

const DeclareContext = createContext<() => void>(() => {})

/** Provides the declare dialog to everything below it. */
export function DeclareProvider({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState(false)
  const open = useCallback(() => setOpened(true), [])
  return (
    <DeclareContext value={open}>
      {children}
      <DeclareDialog opened={opened} onClose={() => setOpened(false)} />
    </DeclareContext>
  )
}

/** Opens the declare dialog; `barred` is the reason why it is not permitted, naming who may. */
export function useDeclare(): { declare(): void; barred: string | null } {
  return { declare: use(DeclareContext), barred: usePermit('incident.declare') }
}
