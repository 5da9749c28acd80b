import { ActButton } from '#ui/ActButton.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import type { ReactNode } from 'react'
import classes from './DataTable.module.css'

/*
 * A table of records: head, rows, scrolling, focus and screen reader names are here, a feature says only its columns.
 *
 *   <DataTable
 *     label={t('list')}
 *     rows={wordings}
 *     rowKey={(wording) => wording.id}
 *     columns={[
 *       { id: 'text', head: t('text'), render: (wording) => <b>{wording.text}</b> },
 *       { id: 'at', head: t('at'), render: (wording) => <Age at={wording.at} />, fit: true },
 *       mayEdit && { id: 'acts', head: t('acts'), hideHead: true, align: 'end', render: (wording) => <RowAct … /> },
 *     ]}
 *   />
 *
 * For hundreds of rows use a virtual list instead, see features/incidents/IncidentTable.tsx.
 */

export type DataColumn<Row> = {
  id: string
  head: ReactNode
  /** The head is only read aloud: columns of buttons. */
  hideHead?: boolean
  render: (row: Row) => ReactNode
  /** `end` for numbers and buttons. */
  align?: 'start' | 'end'
  /** As wide as its content, on one line: times, names. */
  fit?: boolean
  /** A CSS width, such as `26%`. */
  width?: string
}

type Props<Row> = {
  /** The accessible name of the table's scrollable region. */
  label: string
  columns: readonly (DataColumn<Row> | false | null)[]
  rows: readonly Row[]
  rowKey: (row: Row) => string | number
  /** Rows that are over: ended, used, withdrawn. */
  muted?: (row: Row) => boolean
  /** A frame of limited height that scrolls under a fixed head: for a table inside a dialog or form. */
  framed?: boolean
}

/** A table of records. A row that cannot be rendered is replaced by a message, see {@link Guarded}. */
export function DataTable<Row>({ label, columns, rows, rowKey, muted, framed = false }: Props<Row>) {
  const shown = columns.filter((column) => column !== false && column !== null)
  return (
    // A scrollable region must be focusable.
    <div className={classes['region']} data-framed={framed || undefined} tabIndex={0} role="region" aria-label={label}>
      <table className={classes['table']}>
        <thead>
          <tr>
            {shown.map(({ id, head, hideHead, align, width }) => (
              <th key={id} scope="col" data-align={align} style={{ width }}>
                {hideHead ? <span className="visually-hidden">{head}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Guarded key={rowKey(row)} of={row} as="tr">
              <DataRow row={row} columns={shown} muted={muted?.(row) ?? false} />
            </Guarded>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DataRow<Row>({ row, columns, muted }: { row: Row; columns: readonly DataColumn<Row>[]; muted: boolean }) {
  return (
    <tr data-muted={muted || undefined}>
      {columns.map(({ id, render, align, fit }) => (
        <td key={id} data-align={align} data-fit={fit || undefined}>
          {render(row)}
        </td>
      ))}
    </tr>
  )
}

/** A second, quieter line of a cell. */
export function CellNote({ children }: { children: ReactNode }) {
  return <span className={classes['note']}>{children}</span>
}

/** A short fact beside a name, in an outline: "you", "owner". */
export function CellMark({ children }: { children: ReactNode }) {
  return <span className={classes['mark']}>{children}</span>
}

type RowActProps = {
  label: string
  /** The label with the name of its row, for screen readers. */
  longLabel?: string
  onAct: () => void
  busy?: boolean
  barred?: string | null
  readsOnly?: boolean
}

/** The small button of a row. */
export function RowAct({ label, longLabel, ...button }: RowActProps) {
  return (
    <ActButton quiet size="compact-xs" {...button}>
      {longLabel === undefined ? (
        label
      ) : (
        <>
          <span aria-hidden="true">{label}</span>
          <span className="visually-hidden">{longLabel}</span>
        </>
      )}
    </ActButton>
  )
}
