import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { noticeOver } from '#domain/moments/notice-over.ts'
import { NOTICE } from '#domain/notices/notice-entity.ts'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { PROMISE } from '#domain/promises/promise-entity.ts'
import { promiseTitle } from '#domain/promises/promise.ts'
import { TASK } from '#domain/tasks/task-entity.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import { DRAFT_NOTE, REVISION, WORDING } from '#domain/wording/wording-entity.ts'
import type { NoticeView } from '#contract/notice-api.ts'
import { memberNames, type ServiceContext } from '../context/service-context.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'

const TEXT_LENGTH = 120

/** The words of what a notice is about; empty if there are none or they are not here yet. */
function textOf(store: ServiceContext['store'], { subject, params }: Pick<NoticeView, 'subject' | 'params'>): string {
  if (subject.kind === ENTRY.kind) {
    const entry = ENTRY.read(store, subject.id)
    const comment = params['where'] === 'comment' ? entry?.state.comments.find(({ id }) => id === params['comment']) : undefined
    return comment?.text ?? entry?.state.text ?? ''
  }
  if (subject.kind === PROMISE.kind) {
    const promise = PROMISE.read(store, subject.id)?.state
    return promise ? promiseTitle(promise) : ''
  }
  if (subject.kind === DRAFT_NOTE.kind) {
    const note = DRAFT_NOTE.read(store, subject.id)?.state
    return note?.answers.at(-1)?.body ?? (note?.body || note?.quote) ?? ''
  }
  if (subject.kind === WORDING.kind || subject.kind === REVISION.kind) {
    const wordingId = subject.kind === WORDING.kind ? subject.id : params['wordingId']
    return WORDING.read(store, String(wordingId))?.state.title ?? ''
  }
  return subject.kind === TASK.kind ? (TASK.read(store, subject.id)?.state.title ?? '') : ''
}

/** Notices as they are shown. Those about an incident that is not on this device are left out. */
export function noticeViews(context: ServiceContext, rows: readonly EntityRow[]): NoticeView[] {
  const { store } = context
  const names = memberNames(context)
  return rows.flatMap((row): NoticeView[] => {
    const notice = NOTICE.as(seenEntity(row))
    const content = notice?.state.content
    const incident = content?.incidentId ? INCIDENT.read(store, content.incidentId) : undefined
    if (!notice || !content || (content.incidentId !== null && !incident)) return []
    const { rule, incidentId, subject, params, by, at } = content
    return [
      {
        id: notice.id,
        rule,
        incidentId,
        incidentTitle: incident?.state.title ?? null,
        mode: incident?.state.mode ?? 'real',
        subject,
        params,
        byName: names(by),
        at,
        read: notice.state.read,
        text: maskPersonal(textOf(store, content)).slice(0, TEXT_LENGTH),
        over: noticeOver(content, incident?.state ?? null, context.now(), store),
        pending: row.view !== null,
      },
    ]
  })
}
