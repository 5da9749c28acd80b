import type { NoticeView } from '#contract/notice-api.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import type { TFunction } from 'i18next'

/** The cause of a notice, as a sentence. */
export function noticeWords(
  { rule, params, byName, at, over }: Pick<NoticeView, 'rule' | 'params' | 'byName' | 'at' | 'over'>,
  t: TFunction<'notices'>,
  language: string,
): string {
  const by = byName
  const text = (name: string) => String(params[name] ?? '')
  /** A sentence about a time, with the reason why it no longer matters. */
  const ended = (said: string) => (over === null ? said : t('over.past', { said, end: t(`over.${over}`) }))
  switch (rule) {
    case 'mentioned': {
      const where = text('where')
      if (where === 'comment') return t('rule.mentioned.comment', { by })
      if (where === 'correction') return t('rule.mentioned.correction', { by })
      return where === 'task' ? t('rule.mentioned.task', { by }) : t('rule.mentioned.entry', { by })
    }
    case 'authority-given': {
      const until = Number(params['until'] ?? 0)
      return t('rule.authority-given', { by, role: t(`terms:role.${text('as')}`), until: formatMoment(until, until, language) })
    }
    case 'role-given':
      return t('rule.role-given', {
        by,
        place: [t(`people:layer.${text('layer')}`), params['department'] === undefined ? '' : t(`terms:role.${text('department')}`)]
          .filter(Boolean)
          .join(' · '),
      })
    case 'level-changed':
      return t('rule.level-changed', { by, from: t(`terms:level.${text('from')}`), to: t(`terms:level.${text('to')}`) })
    case 'status-changed':
      return t('rule.status-changed', { by, from: t(`terms:status.${text('from')}`), to: t(`terms:status.${text('to')}`) })
    case 'stage-changed':
      return t('rule.stage-changed', { by, to: t(`terms:stage.${text('to')}`) })
    case 'task-given':
      return t('rule.task-given', { by })
    case 'command-given':
      return t('rule.command-given', { by })
    case 'commander-changed':
      return t('rule.commander-changed', { by })
    case 'decision':
      return t('rule.decision', { by })
    case 'statement':
      return t('rule.statement', { by })
    case 'review-asked':
      return t('rule.review-asked', { by })
    case 'review-decided':
      return text('verdict') === 'approve' ? t('rule.review-approved', { by }) : t('rule.review-rejected', { by })
    case 'draft-noted':
      return t('rule.draft-noted', { by })
    case 'draft-answered':
      return t('rule.draft-answered', { by })
    case 'wording-published':
      return t('rule.wording-published', { by, number: text('number') })
    case 'bulletin-out':
      return t('rule.bulletin-out', { number: text('number'), items: text('count') })
    case 'bulletin-missed':
      return Number(params['missed'] ?? 0) > 0
        ? t('rule.bulletin-missed', { missed: text('missed'), number: text('number') })
        : t('rule.bulletin-late', { number: text('number'), minutes: text('late') })
    case 'wording-withdrawn':
      return t('rule.wording-withdrawn', { by })
    case 'review-due':
      return ended(t('rule.review-due', { due: formatMoment(Number(params['dueAt'] ?? at), at, language) }))
    case 'wording-expiring': {
      const until = formatMoment(Number(params['until'] ?? at), at, language)
      return ended(t('rule.wording-expiring', { number: text('number'), until }))
    }
    case 'reading-due': {
      const due = formatMoment(Number(params['dueAt'] ?? at), at, language)
      return ended(t('rule.reading-due', { number: text('number'), due }))
    }
    case 'promise-soon':
    case 'promise-due': {
      const due = formatMoment(Number(params['dueAt'] ?? at), at, language)
      return ended(rule === 'promise-soon' ? t('rule.promise-soon', { due }) : t('rule.promise-due', { due }))
    }
    case 'clock-soon':
    case 'clock-due': {
      const words = { clock: t(`terms:clock.${text('clock')}`), due: formatMoment(Number(params['dueAt'] ?? at), at, language) }
      return ended(rule === 'clock-soon' ? t('rule.clock-soon', words) : t('rule.clock-due', words))
    }
  }
}

/** The target of a notice: the entry, the task, the people, the text, or the incident itself. */
export function noticePlace({ incidentId, subject, params }: Pick<NoticeView, 'incidentId' | 'subject' | 'params'>): string {
  const room = incidentId === null ? '' : `/incidents/${incidentId}`
  if (subject.kind === 'entry') return `${room}?entry=${subject.id}`
  if (subject.kind === 'bulletin') return `${room}/bulletins?bulletin=${subject.id}`
  if (subject.kind === 'wording') return `${room}/wording/${subject.id}`
  if (subject.kind === 'revision' || subject.kind === 'promise' || subject.kind === 'draft-note')
    return `${room}/wording/${String(params['wordingId'] ?? '')}`
  if (subject.kind === 'task') return `${room}?side=tasks&task=${subject.id}`
  return subject.kind === 'assignment' ? `${room}?side=people` : room
}
