import { usePermit } from '#features/permissions'
import { createContext, use, useCallback, useState, type ReactNode } from 'react'
import { DeclareDialog } from './DeclareDialog.tsx'

const DeclareContext = createContext<() => void>(() => {})

/** Lets everything below it open the dialog that declares an incident. */
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

/** Opens the dialog that declares an incident; `barred` says why not, naming who may. */
export function useDeclare(): { declare(): void; barred: string | null } {
  return { declare: use(DeclareContext), barred: usePermit('incident.declare') }
}
