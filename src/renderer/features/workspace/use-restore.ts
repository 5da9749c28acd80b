import { useAct } from '#client/use-act.ts'
import { notifications } from '@mantine/notifications'
import type { Failure } from '#contract/failures.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Restores a backup; then a persistent notification shows where the previous files are. */
export function useRestore(): { restore: (id: string) => Promise<void>; busy: boolean; refused: Failure | null } {
  const { t } = useTranslation('workspace')
  const { act, busy } = useAct('workspace.restoreBackup')
  const [refused, setRefused] = useState<Failure | null>(null)
  const restore = async (id: string) => {
    const result = await act({ id })
    if (!result.ok) return setRefused(result.failure)
    setRefused(null)
    notifications.show({
      title: t('restore.doneTitle'),
      message: t('restore.done', { folder: result.value.setAside }),
      color: 'teal',
      autoClose: false,
      withBorder: true,
    })
    return undefined
  }
  return { restore, busy, refused }
}
