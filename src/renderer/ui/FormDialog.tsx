import type { Failure } from '#contract/failures.ts'
import type { ReactNode } from 'react'
import { ActButton } from './ActButton.tsx'
import { Dialog } from './Dialog.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import classes from './FormDialog.module.css'
import { Kbd } from './Kbd.tsx'
import { focusFirstFault } from './keys/form-keys.ts'
import { Toolbar } from './Toolbar.tsx'
import type { Submit } from './use-submit.ts'

/*
 * A dialog that runs one command: fields, the failure, and a submit button whose label states the consequence.
 *
 *   function RevokeDialog({ member, onClose }: Props) {
 *     const [reason, setReason] = useState('')
 *     const missing = reason.trim() === ''
 *     const form = useSubmit(usePermittedAct(NAME), {
 *       input: missing ? null : { memberId: member.id, reason },
 *       onDone: onClose,
 *     })
 *     return (
 *       <FormDialog title={t('revoke.title')} onClose={onClose} form={form} act={t('revoke.act', { name: member.name })} danger>
 *         <FieldRow label={t('reason')} required error={form.tried && missing ? t('reasonMissing') : null}>…</FieldRow>
 *       </FormDialog>
 *     )
 *   }
 *
 * Enter in a line, and Ctrl or ⌘ with Enter anywhere, submit. A refused submit focuses the first invalid field.
 */

type Props = {
  title: ReactNode
  onClose: () => void
  form: Submit
  /** The label of the submit button: a verb with its consequence. */
  act: string
  danger?: boolean
  /** What else stands beside the submit button: other buttons, what was saved. */
  beside?: ReactNode
  /** A failure other than that of the command: something the dialog reads. */
  failure?: Failure | null
  size?: number | 'md' | 'lg' | 'xl'
  /** Parts below the form, with acts of their own. */
  below?: ReactNode
  children: ReactNode
}

/** A dialog with fields and one submit button. */
export function FormDialog({ title, onClose, form, act, danger = false, beside, failure = null, size, below, children }: Props) {
  const shown = form.failure ?? failure
  return (
    <Dialog title={title} onClose={onClose} {...(size === undefined ? {} : { size })}>
      <form
        className={classes['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          // React passes events on to the components that render the dialog; a form around it must not be submitted too.
          event.stopPropagation()
          form.submit()
          focusFirstFault(event.currentTarget)
        }}
      >
        {children}
        {shown && <FailureNotice failure={shown} />}
        <Toolbar align="end">
          {beside}
          <ActButton submit busy={form.busy} barred={form.barred} danger={danger}>
            {act}
          </ActButton>
          <span className="visually-hidden">
            <Kbd shortcut="mod+Enter" />
          </span>
        </Toolbar>
      </form>
      {below}
    </Dialog>
  )
}

/** Fields side by side, as many as fit. */
export function FieldGrid({ children }: { children: ReactNode }) {
  return <div className={classes['grid']}>{children}</div>
}
