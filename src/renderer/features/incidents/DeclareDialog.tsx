import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DeclareForm } from './DeclareForm.tsx'

/** The dialog to declare an incident, available everywhere. Closing it keeps the draft. */
export function DeclareDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
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
