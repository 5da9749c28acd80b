import { mayHaveChanged } from '#contract/api.ts'
import { useApiClient } from '#client/api-context.tsx'
import { useRead } from '#client/use-read.ts'
import { Anchor } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { noticePlace, noticeWords } from './notice-words.ts'
import { isOurTurn, tellLooked, type Looked } from './whose-turn.ts'

function lookedNow(): Looked {
  return document.visibilityState === 'hidden' ? 'hidden' : document.hasFocus() ? 'at' : 'seen'
}

/** Above this number at once, notices are only counted; the bell lists all of them. */
const SHOWN = 3

/**
 * Alerts the user to notices on which somebody waits: a mention, an assigned task, the command. Once per device: in the page, as a desktop
 * notification and by a tone. Other notices only appear at the bell.
 * @param onSound plays the tone
 */
export function NoticeCalls({ onSound }: { onSound: () => void }) {
  const { t, i18n } = useTranslation('notices')
  const client = useApiClient()
  const status = useRead('workspace.status', {}).data
  const ready = status !== undefined && !status.demo && status.phase === 'ready'
  const muted = status?.preferences.muted === true
  const take = useEffectEvent(async () => {
    if (!(await isOurTurn(lookedNow(), navigator.locks))) return
    const taken = await client.call('notices.takeNew', {})
    if (!taken.ok || taken.value.length === 0) return
    for (const notice of taken.value.slice(-SHOWN)) {
      const title = (notice.mode === 'drill' ? `${t('terms:mode.drill')} · ` : '') + noticeWords(notice, t, i18n.language)
      const words = notice.text === '' ? (notice.incidentTitle ?? t('library')) : notice.text
      // Mantine's notification is a live region (role="alert"), so screen readers announce it.
      notifications.show({
        title,
        message: <Anchor href={`#${noticePlace(notice)}`}>{words}</Anchor>,
        autoClose: 20_000,
        withBorder: true,
        closeButtonProps: { 'aria-label': t('ui:close') },
      })
      const place = noticePlace(notice)
      void window.stormroom?.notify({ title: title.slice(0, 120), body: words, place: place.startsWith('/') ? place : null })
    }
    if (!muted) onSound()
  })
  useEffect(() => {
    let takeBack = tellLooked(lookedNow(), navigator.locks)
    const onChange = () => {
      takeBack()
      takeBack = tellLooked(lookedNow(), navigator.locks)
    }
    const moments = [
      [window, 'focus'],
      [window, 'blur'],
      [document, 'visibilitychange'],
    ] as const
    for (const [target, moment] of moments) target.addEventListener(moment, onChange)
    return () => {
      takeBack()
      for (const [target, moment] of moments) target.removeEventListener(moment, onChange)
    }
  }, [])
  useEffect(() => {
    if (!ready) return undefined
    // Show alerts that arrived while another window had the focus and did not show them.
    const onFocus = () => void take()
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [ready])
  useEffect(() => {
    if (!ready) return
    void take()
    return client.watch((topics) => {
      if (mayHaveChanged(topics, 'notices.unread', {})) void take()
    })
  }, [client, ready])
  return null
}
