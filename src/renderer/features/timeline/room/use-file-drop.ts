import { useState, type DragEvent } from 'react'

type FileDrop = {
  /** Whether files are being dragged over the place. */
  dropping: boolean
  handlers: {
    onDragOver: (event: DragEvent) => void
    onDragLeave: (event: DragEvent) => void
    onDrop: (event: DragEvent) => void
  }
}

/** Takes files that are dropped on a place, unless `barred` or a field inside has taken them. */
export function useFileDrop(barred: boolean, onFiles: (files: File[]) => void): FileDrop {
  const [dropping, setDropping] = useState(false)
  return {
    dropping,
    handlers: {
      onDragOver: (event) => {
        if (barred || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setDropping(true)
      },
      onDragLeave: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false)
      },
      onDrop: (event) => {
        setDropping(false)
        if (event.defaultPrevented || barred || event.dataTransfer.files.length === 0) return
        event.preventDefault()
        onFiles([...event.dataTransfer.files])
      },
    },
  }
}
