import type { EntryState, SystemEvent } from '#domain/timeline/entry.ts'
import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { formatExact } from './time/format-time.ts'

/** A summary of a hand-over is the longest that belongs in a note. */
const LONGEST = 4000

/** A sentence for what the app noted by itself, whatever was stored; null for an event that is not known here. */
export function wordEvent({ code, params }: SystemEvent, t: TFunction<'timeline'>, language: string): string | null {
  // What was once stored is bounded where it is shown: earlier versions took any words and values.
  const text = (name: string) => {
    const value: unknown = (params as SystemEvent['params'] | null | undefined)?.[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, LONGEST) : ''
  }
  switch (code) {
    case 'declared':
      return t('events.declared', { level: t(`terms:level.${text('level')}`), stage: t(`terms:stage.${text('stage')}`) })
    case 'clock-met':
      return t('events.clock-met', { clock: t(`terms:clock.${text('clock')}`) })
    case 'clock-reopened':
      return t('events.clock-reopened', { clock: t(`terms:clock.${text('clock')}`), reason: text('reason') })
    case 'clock-stopped':
      return t('events.clock-stopped', { clock: t(`terms:clock.${text('clock')}`), reason: text('reason') })
    case 'imported':
      return t('events.imported', { file: text('file'), number: text('count') })
    case 'import-undone':
      return t('events.import-undone', { file: text('file') })
    case 'revised': {
      if (text('stage') !== '') return t('events.stage', { stage: t(`terms:stage.${text('stage')}`) })
      const fields = text('fields')
        .split(', ')
        .map((field) => t(`fields.${field}`))
      return [t('events.revised', { fields: fields.join(t('listSeparator')) }), text('known')].filter(Boolean).join('\n')
    }
    case 'level-changed':
      return t('events.level-changed', { from: t(`terms:level.${text('from')}`), to: t(`terms:level.${text('to')}`), reason: text('reason') })
    case 'command-handed-over':
      return `${t('events.command-handed-over', { from: text('from'), to: text('to') })}\n${text('summary')}`
    case 'authority-granted':
      return t('events.authority-granted', { name: text('name'), role: t(`terms:role.${text('role')}`), until: formatExact(Number(text('until') || Number.NaN), language), reason: text('reason') })
    case 'authority-ended':
      return t('events.authority-ended', { name: text('name'), role: t(`terms:role.${text('role')}`) })
    case 'restricted':
      return t('events.restricted', { number: text('count') })
    case 'unrestricted':
      return t('events.unrestricted')
    case 'status-changed': {
      const values = { from: t(`terms:status.${text('from')}`), to: t(`terms:status.${text('to')}`), reason: text('reason'), clocks: text('clocks'), tasks: text('tasks') }
      const left = text('to') !== 'open' && Number(text('clocks') || 0) + Number(text('tasks') || 0) > 0
      return left ? t('events.status-left', values) : t('events.status-changed', values)
    }
    case 'risk-assessed':
      return [t(`events.risk-${verdictOf(text('verdict'))}`, { composite: text('composite') }), text('reason')].filter(Boolean).join(t('colon'))
    case 'plan-applied':
      return t('events.plan-applied', { plan: text('plan'), version: text('version'), number: text('count') })
    case 'task-done':
      return t('events.task-done', { task: text('task') })
    default:
      return null
  }
}

function verdictOf(verdict: string): 'confirmed' | 'refused' | 'noted' {
  return verdict === 'confirmed' || verdict === 'refused' ? verdict : 'noted'
}

/**
 * The words of an entry: its text, or for what the app noted by itself a sentence in the language of the interface. An event
 * that has no sentence here shows the text it was stored with.
 */
export function useEntryWords(): (entry: { text: string; event?: SystemEvent | undefined } & Partial<Pick<EntryState, 'kind'>>) => string {
  const { t, i18n } = useTranslation('timeline')
  return useCallback((entry) => (entry.event ? (wordEvent(entry.event, t, i18n.language) ?? entry.text) : entry.text), [t, i18n.language])
}
