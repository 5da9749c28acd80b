import type { SystemEvent } from '#domain/timeline/entry.ts'
import { entryWords } from '#domain/timeline/event-words.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { formatExact } from './time/format-time.ts'

/**
 * The text of an entry; for a system note, a sentence in the language of the interface. An event without a sentence shows its stored text.
 */
export function useEntryWords(): (entry: { text: string; event?: SystemEvent | undefined }) => string {
  const { t, i18n } = useTranslation()
  return useCallback(
    (entry) => entryWords(entry, { t: (key, params) => t(key, params ?? {}), time: (at) => formatExact(at, i18n.language) }),
    [t, i18n.language],
  )
}
