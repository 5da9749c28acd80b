import type { Failure } from '#contract/failures.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Dialog.module.css'

type Props = {
  title: string
  onClose: () => void
  /** Called by the button and by Ctrl or ⌘ with Enter. */
  onSubmit: () => void
  failure: Failure | null
  /** The submit button; its label states the consequence. */
  act: ReactNode
  children: ReactNode
}

/** The frame of a command dialog: fields, failure, and one submit button. */
export function CommandForm({ title, onClose, onSubmit, failure, act, children }: Props) {
  const { t } = useTranslation('command')
  return (
    <Modal opened onClose={onClose} title={title} size={620} yOffset="6vh" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <form
        className={classes['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
        {failure && <FailureNotice failure={failure} />}
        <div className={classes['act']}>
          {act}
          <span className="visually-hidden">
            <Kbd shortcut="mod+Enter" />
          </span>
        </div>
      </form>
    </Modal>
  )
}
