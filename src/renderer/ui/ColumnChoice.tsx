import { NativeSelect } from '@mantine/core'
import classes from './ColumnChoice.module.css'

type Props<Field extends string> = {
  title: string
  /** Open at first, such as when nothing could be read. */
  open: boolean
  columns: readonly string[]
  /** The field that each column is read as; a column that is missing is left out. */
  mapping: Readonly<Record<string, Field>>
  fields: readonly { value: Field; label: string }[]
  /** The words for leaving a column out. */
  leave: string
  onChange: (mapping: Record<string, Field>) => void
}

/** Which column of a file is read as which field. */
export function ColumnChoice<Field extends string>({ title, open, columns, mapping, fields, leave, onChange }: Props<Field>) {
  const read = (column: string, chosen: Field | undefined) => {
    const others = Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== column))
    onChange(chosen === undefined ? others : { ...others, [column]: chosen })
  }
  return (
    <details className={classes['mapping']} open={open}>
      <summary>{title}</summary>
      <div className={classes['columns']}>
        {columns.map((column) => (
          <NativeSelect
            key={column}
            size="xs"
            label={column}
            value={mapping[column] ?? ''}
            onChange={(event) => read(column, fields.find(({ value }) => value === event.currentTarget.value)?.value)}
            data={[{ value: '', label: leave }, ...fields]}
          />
        ))}
      </div>
    </details>
  )
}
