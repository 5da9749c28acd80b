import { Loader } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './FileChoice.module.css'

type FileChoiceProps = {
  label: string
  /** What kinds of file are read, in words. */
  kinds: string
  /** The endings of these kinds, as in the `accept` attribute. */
  accept: string
  /** What is shown while the chosen file is read; null before. */
  reading: string | null
  onFile: (file: File) => void
}

/** A file to choose or to drop, for the first step of an import. */
export function FileChoice({ label, kinds, accept, reading, onFile }: FileChoiceProps) {
  const [over, setOver] = useState(false)
  const give = (files: FileList | null) => {
    const file = files?.[0]
    if (file) onFile(file)
  }
  if (reading !== null) {
    return (
      <p className={classes['reading']} role="status">
        <Loader size="xs" /> {reading}
      </p>
    )
  }
  return (
    <label
      className={classes['drop']}
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        give(event.dataTransfer.files)
      }}
    >
      <IconFileUpload size={28} stroke={1.5} aria-hidden="true" />
      <b>{label}</b>
      <span>{kinds}</span>
      <input type="file" data-autofocus accept={accept} onChange={(event) => give(event.currentTarget.files)} />
    </label>
  )
}
