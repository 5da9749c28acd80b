import { useApiClient } from '#client/api-context.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** The hub takes a moment to get what was published: asked this often, with this pause in milliseconds. */
const TRIES = 12
const PAUSE_MS = 500

const pause = () =>
  new Promise<void>((resume) => {
    setTimeout(resume, PAUSE_MS)
  })

/**
 * Says to how many agents a version went, once the hub has it; or that it goes out once the hub is reached.
 * The dialog that published it may be closed meanwhile.
 */
export function useReachedNotice(): (published: {
  incidentId: string | null
  wordingId: string
  revisionId: string
  number: number
}) => void {
  const { t } = useTranslation('agents')
  const client = useApiClient()
  const say = useUndoNotice()
  return useCallback(
    ({ incidentId, wordingId, revisionId, number }) => {
      const ask = async () => {
        for (let tries = 0; tries < TRIES; tries += 1) {
          const reach = await client.call('agents.reach', { incidentId })
          if (!reach.ok) return say(t('published.waits', { number }))
          const row = reach.value.find((one) => one.wordingId === wordingId && one.revisionId === revisionId)
          if (row) return say(row.total === 0 ? t('published.nobody', { number }) : t('published.reached', { number, count: row.total }))
          await pause()
        }
        say(t('published.waits', { number }))
      }
      void ask()
    },
    [client, say, t],
  )
}
