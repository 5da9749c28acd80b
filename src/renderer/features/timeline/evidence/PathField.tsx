import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './PathField.module.css'

/** Adds a file on this machine by its path. */
export function PathField({ onPath, onClose }: { onPath: (path: string) => void; onClose: () => void }) {
  const { t } = useTranslation('timeline')
  const [path, setPath] = useState('')
  return (
    <form
      className={styles['path']}
      onSubmit={(event) => {
        event.preventDefault()
        if (path.trim() !== '') onPath(path.trim())
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // Closes only this field, not its container.
        event.preventDefault()
        onClose()
      }}
    >
      <TextInput
        data-autofocus
        autoFocus
        size="xs"
        aria-label={t('evidence.path')}
        placeholder={t('evidence.pathExample')}
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={path.trim() === ''}>
        {t('evidence.takePath')}
      </Button>
    </form>
  )
}
