import { Button, Tooltip, type ButtonProps } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useActGate } from './ActGate.tsx'
import { Kbd } from './Kbd.tsx'

type Props = {
  /** A verb with its consequence. */
  children: ReactNode
  onAct?: () => void
  busy?: boolean
  /** The reason why it is disabled; shown on hover and focus, and announced. */
  barred?: string | null
  /** Stays enabled in read-only mode, because it only reads. */
  readsOnly?: boolean
  shortcut?: string
  submit?: boolean
  quiet?: boolean
  danger?: boolean
  size?: NonNullable<ButtonProps['size']>
  leftSection?: ReactNode
}

/** A button whose label states the consequence. When disabled it stays focusable and shows the reason. */
export function ActButton({
  children,
  onAct,
  busy = false,
  barred = null,
  readsOnly = false,
  shortcut,
  submit = false,
  quiet = false,
  danger = false,
  size = 'sm',
  leftSection,
}: Props) {
  const { t } = useTranslation('ui')
  const gate = useActGate()
  const id = useId()
  const reason = barred ?? (readsOnly ? null : gate)
  const button = (
    <Button
      type={submit ? 'submit' : 'button'}
      variant={quiet ? 'default' : 'filled'}
      color={danger ? 'red' : 'teal'}
      size={size}
      leftSection={leftSection}
      rightSection={shortcut ? <Kbd shortcut={shortcut} /> : undefined}
      {...(reason === null ? {} : { 'data-disabled': true })}
      aria-disabled={reason !== null || busy || undefined}
      aria-busy={busy || undefined}
      aria-describedby={reason === null ? undefined : id}
      onClick={(event) => {
        if (reason === null && !busy) return onAct?.()
        return event.preventDefault()
      }}
    >
      {busy ? t('act.busy') : children}
    </Button>
  )
  if (reason === null) return button
  return (
    <>
      <Tooltip label={reason} multiline maw={320}>
        {button}
      </Tooltip>
      <span id={id} className="visually-hidden">
        {reason}
      </span>
    </>
  )
}
