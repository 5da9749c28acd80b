import { usePermit } from '#features/permissions'
import { Modal } from '@mantine/core'
import { createContext, use, useCallback, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DeclareForm } from './DeclareForm.tsx'

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

/** The dialog to declare an incident, available everywhere. Closing it keeps the draft. */
function DeclareDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('incidents')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('declare.title')}
      size={940}
      yOffset="3vh"
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <DeclareForm onDone={onClose} />
    </Modal>
  )
}
