import type { IncidentView } from '#contract/incident-api.ts'
import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import { ChangeLevelDialog } from './ChangeLevelDialog.tsx'
import { HandOverDialog } from './HandOverDialog.tsx'
import { RestrictDialog } from './RestrictDialog.tsx'
import { SetStatusDialog } from './SetStatusDialog.tsx'

export type CommandDialog = 'level' | 'hand-over' | 'status' | 'restrict'

const DialogContext = createContext<(dialog: CommandDialog) => void>(() => {})

/** Provides the command dialogs to all components of an incident page. */
export function CommandDialogProvider({ incident, children }: { incident: IncidentView; children: ReactNode }) {
  const [open, setOpen] = useState<CommandDialog | null>(null)
  const close = () => setOpen(null)
  const value = useMemo(() => setOpen as (dialog: CommandDialog) => void, [])
  return (
    <DialogContext value={value}>
      {children}
      {open === 'level' && <ChangeLevelDialog incident={incident} onClose={close} />}
      {open === 'hand-over' && <HandOverDialog incident={incident} onClose={close} />}
      {open === 'restrict' && <RestrictDialog incident={incident} onClose={close} />}
      {open === 'status' && <SetStatusDialog incident={incident} onClose={close} />}
    </DialogContext>
  )
}

/** Opens a command dialog. */
export function useCommandDialog(): (dialog: CommandDialog) => void {
  return use(DialogContext)
}
