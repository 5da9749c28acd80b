import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  title: ReactNode
  onClose: () => void
  /** Width in pixels, or one of Mantine's sizes. */
  size?: number | 'md' | 'lg' | 'xl'
  /** False hides the dialog and keeps it mounted. Most callers render it only while it is open. */
  opened?: boolean
  children: ReactNode
}

/** A dialog with a title and a close button; Escape closes it. For fields and a submit button see FormDialog. */
export function Dialog({ title, onClose, size = 620, opened = true, children }: Props) {
  const { t } = useTranslation('ui')
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size} yOffset="6vh" closeButtonProps={{ 'aria-label': t('close') }}>
      {children}
    </Modal>
  )
}
