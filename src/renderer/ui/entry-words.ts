import type { EntryState, SystemEvent } from '#domain/timeline/entry.ts'
import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

function wordEvent({ code, params }: SystemEvent, t: TFunction<'timeline'>): string | null {
  const text = (name: string) => String(params[name] ?? '')
  switch (code) {
    case 'declared':
      return t('events.declared', { level: t(`terms:level.${text('level')}`), stage: t(`terms:stage.${text('stage')}`) })
    case 'clock-met':
      return t('events.clock-met', { clock: t(`terms:clock.${text('clock')}`) })
    case 'clock-reopened':
      return t('events.clock-reopened', { clock: t(`terms:clock.${text('clock')}`), reason: text('reason') })
    case 'imported':
      return t('events.imported', { file: text('file'), number: text('count') })
    case 'import-undone':
      return t('events.import-undone', { file: text('file') })
    case 'revised': {
      if (params['stage'] !== undefined) return t('events.stage', { stage: t(`terms:stage.${text('stage')}`) })
      const fields = text('fields')
        .split(', ')
        .map((field) => t(`fields.${field}`))
      return t('events.revised', { fields: fields.join(t('listSeparator')) })
    }
    default:
      return null
  }
}

/**
 * The words of an entry: its text, or for what the app noted by itself a sentence in the language of the interface. An event
 * that has no sentence here shows the text it was stored with.
 */
export function useEntryWords(): (entry: { text: string; event?: SystemEvent | undefined } & Partial<Pick<EntryState, 'kind'>>) => string {
  const { t } = useTranslation('timeline')
  return useCallback((entry) => (entry.event ? (wordEvent(entry.event, t) ?? entry.text) : entry.text), [t])
}
