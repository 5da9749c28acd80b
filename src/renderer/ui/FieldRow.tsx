import { useId, type ReactNode } from 'react'
import classes from './FieldRow.module.css'

type Props = {
  label: string
  hint?: ReactNode
  /** The problem with the field, shown at the field. */
  error?: string | null
  required?: boolean
  /** A group of choices instead of one input: labelled as a group. */
  group?: boolean
  /** The control; it receives the ids that connect it to its label, hint and error. */
  children: (ids: { id: string; describedBy: string | undefined; labelId: string }) => ReactNode
}

/** A labelled field with a hint before it and an error below it. */
export function FieldRow({ label, hint, error, required = false, group = false, children }: Props) {
  const id = useId()
  const labelId = `${id}-label`
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const body = (
    <>
      {children({ id, describedBy: described || undefined, labelId })}
      {error && (
        <p className={classes['error']} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </>
  )
  const heading = (
    <>
      {label}
      {required && (
        <span aria-hidden="true" className={classes['required']}>
          *
        </span>
      )}
    </>
  )
  const note = hint && (
    <span className={classes['hint']} id={`${id}-hint`}>
      {hint}
    </span>
  )
  if (group) {
    return (
      <fieldset
        className={classes['row']}
        data-fault={error ? '' : undefined}
        aria-labelledby={labelId}
        aria-describedby={described || undefined}
      >
        <div className={classes['head']}>
          <span className={classes['label']} id={labelId}>
            {heading}
          </span>
          {note}
        </div>
        {body}
      </fieldset>
    )
  }
  return (
    <div className={classes['row']}>
      <div className={classes['head']}>
        <label className={classes['label']} id={labelId} htmlFor={id}>
          {heading}
        </label>
        {note}
      </div>
      {body}
    </div>
  )
}
