import { CLOCK_IDS } from '../incidents/clocks.ts'
import { IncidentRevise } from '../incidents/incident-ops.ts'
import { INCIDENT_STATUSES, STAGES } from '../incidents/incident.ts'
import { MEMBER_ROLES } from '../members/member.ts'
import type { SystemEvent } from './entry.ts'

/** Maximum length of a param in a note; the longest is the summary of a hand-over. */
const LONGEST = 4000

/** The reader's language: texts of the locale files by `namespace:key`, and the format of times. */
export type EventLanguage = {
  t(key: string, params?: Record<string, string>): string
  /** @param at milliseconds since 1970; may be an invalid time */
  time(at: number): string
}

/** The values that have a name in `terms.json`. */
const TERMS = {
  level: ['1', '2', '3'],
  stage: STAGES,
  clock: CLOCK_IDS,
  role: MEMBER_ROLES,
  status: INCIDENT_STATUSES,
} as const satisfies Record<string, readonly string[]>
const FIELDS = Object.keys(IncidentRevise.shape)

/** The sentence for a system note, whatever was stored; null for an unknown event. */
export function wordEvent({ code, params }: SystemEvent, { t, time }: EventLanguage): string | null {
  // Stored params are limited here, because earlier versions accepted any words and values.
  const text = (name: string) => {
    const value: unknown = (params as SystemEvent['params'] | null | undefined)?.[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, LONGEST) : ''
  }
  /** A value without a name is shown as it is, because a translation key is not readable. */
  const term = (group: keyof typeof TERMS, value: string) =>
    (TERMS[group] as readonly string[]).includes(value) ? t(`terms:${group}.${value}`) : value
  switch (code) {
    case 'declared':
      return t('timeline:events.declared', { level: term('level', text('level')), stage: term('stage', text('stage')) })
    case 'clock-met':
      return t('timeline:events.clock-met', { clock: term('clock', text('clock')) })
    case 'clock-reopened':
      return t('timeline:events.clock-reopened', { clock: term('clock', text('clock')), reason: text('reason') })
    case 'clock-stopped':
      return t('timeline:events.clock-stopped', { clock: term('clock', text('clock')), reason: text('reason') })
    case 'wording-published':
      return t('timeline:events.wording-published', { title: text('title'), number: text('number') })
    case 'wording-released':
      return t('timeline:events.wording-released', { title: text('title'), number: text('number'), emergency: text('emergency') })
    case 'wording-withdrawn': {
      const words = { title: text('title'), number: text('number'), reason: text('reason'), instead: text('instead') }
      return t(words.instead === '' ? 'timeline:events.wording-withdrawn' : 'timeline:events.wording-instead', words)
    }
    case 'bulletin-issued':
      return t('timeline:events.bulletin-issued', { number: text('number'), count: text('count'), titles: text('titles') })
    case 'bulletin-missed':
      return t('timeline:events.bulletin-missed', { number: text('number'), slot: time(Number(text('slot') || Number.NaN)) })
    case 'promise-kept': {
      const words = { promise: text('promise'), note: text('note') }
      return t(words.note === '' ? 'timeline:events.promise-kept' : 'timeline:events.promise-kept-note', words)
    }
    case 'promise-broken':
      return t('timeline:events.promise-broken', { promise: text('promise'), reason: text('reason') })
    case 'promise-void':
      return t('timeline:events.promise-void', { promise: text('promise'), reason: text('reason') })
    case 'promise-moved': {
      const [from, to] = [time(Number(text('from') || Number.NaN)), time(Number(text('to') || Number.NaN))]
      return t('timeline:events.promise-moved', { promise: text('promise'), from, to, reason: text('reason') })
    }
    case 'imported':
      return t('timeline:events.imported', { file: text('file'), number: text('count') })
    case 'import-undone':
      return t('timeline:events.import-undone', { file: text('file') })
    case 'revised': {
      if (text('stage') !== '') return t('timeline:events.stage', { stage: term('stage', text('stage')) })
      const fields = text('fields')
        .split(', ')
        .map((field) => (FIELDS.includes(field) ? t(`timeline:fields.${field}`) : field))
      return [t('timeline:events.revised', { fields: fields.join(t('timeline:listSeparator')) }), text('known')].filter(Boolean).join('\n')
    }
    case 'level-changed':
      return t('timeline:events.level-changed', {
        from: term('level', text('from')),
        to: term('level', text('to')),
        reason: text('reason'),
      })
    case 'command-handed-over':
      return [t('timeline:events.command-handed-over', { from: text('from'), to: text('to') }), text('summary')].filter(Boolean).join('\n')
    case 'authority-granted':
      return t('timeline:events.authority-granted', {
        name: text('name'),
        role: term('role', text('role')),
        until: time(Number(text('until') || Number.NaN)),
        reason: text('reason'),
      })
    case 'authority-ended':
      return t('timeline:events.authority-ended', { name: text('name'), role: term('role', text('role')) })
    case 'restricted':
      return t('timeline:events.restricted', { number: text('count') })
    case 'unrestricted':
      return t('timeline:events.unrestricted')
    case 'status-changed': {
      const values = {
        from: term('status', text('from')),
        to: term('status', text('to')),
        reason: text('reason'),
        clocks: text('clocks'),
        tasks: text('tasks'),
      }
      const left = text('to') !== 'open' && Number(text('clocks') || 0) + Number(text('tasks') || 0) > 0
      return left ? t('timeline:events.status-left', values) : t('timeline:events.status-changed', values)
    }
    case 'risk-assessed':
      return [t(`timeline:events.risk-${verdictOf(text('verdict'))}`, { composite: text('composite') }), text('reason')]
        .filter(Boolean)
        .join(t('timeline:colon'))
    case 'plan-applied':
      return t('timeline:events.plan-applied', { plan: text('plan'), version: text('version'), number: text('count') })
    case 'task-done':
      return t('timeline:events.task-done', { task: text('task') })
    default:
      return null
  }
}

function verdictOf(verdict: string): 'confirmed' | 'refused' | 'noted' {
  return verdict === 'confirmed' || verdict === 'refused' ? verdict : 'noted'
}

/** The text of an entry: a person's text, or the sentence of a system note's event; for an unknown event the stored text. */
export function entryWords({ text, event }: { text: string; event?: SystemEvent | undefined }, language: EventLanguage): string {
  return event ? (wordEvent(event, language) ?? text) : text
}
