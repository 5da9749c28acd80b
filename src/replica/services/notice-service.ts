import { NOTICE } from '#domain/notices/notice-entity.ts'
import { privateScope } from '#domain/log/ids.ts'
import { asksForMember } from '#domain/notices/notice.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail } from '#contract/failures.ts'
import { NOTICE_PAGE_SIZE } from '#contract/notice-api.ts'
import { MINUTE } from '#domain/durations.ts'
import type { EntityRow } from '../store/entity-table.ts'
import { noticeViews } from './notice-views.ts'
import type { Draft } from '../store/replica-store.ts'
import { write, type ServiceContext } from '../context/service-context.ts'

export type NoticeHandlers = Pick<ApiHandlers, 'notices.list' | 'notices.unread' | 'notices.read' | 'notices.readAll' | 'notices.takeNew'>

/** Older notices are listed but not announced, or the alerts after a night offline would not end. Milliseconds. */
const NEW_MS = 30 * MINUTE
/** Maximum number of notices checked for an announcement at once, and of those marked read by one call. */
const TAKEN_AT_ONCE = 200
const READ_AT_ONCE = 2000

/** Notices of one member whose incident, if any, is on this device: one about an unreadable incident is not shown, nor counted. */
const TOLD = `kind = 'notice' AND scope = ? AND facet IN ('read', 'unread') AND (parent = '' OR EXISTS (SELECT 1 FROM entity AS incident WHERE incident.kind = 'incident' AND incident.id = entity.parent))`

/** Notices of this device's member, from local data: works offline, and shows the present state of their subjects. */
export function noticeService(context: ServiceContext): NoticeHandlers {
  const { db, store } = context
  const all = db.prepare<[string, string | null, string | null, number, number], EntityRow>(
    `SELECT * FROM entity WHERE ${TOLD} AND (? IS NULL OR parent = ?) ORDER BY sort_at DESC, row DESC LIMIT ? OFFSET ?`,
  )
  const unreadFirst = db.prepare<[string, string | null, string | null, number, number], EntityRow>(
    `SELECT * FROM entity WHERE ${TOLD} AND (? IS NULL OR parent = ?) ORDER BY facet = 'unread' DESC, sort_at DESC, row DESC LIMIT ? OFFSET ?`,
  )
  const count = db.prepare<[string, string | null, string | null], { total: number; unread: number }>(
    `SELECT count(*) AS total, coalesce(sum(facet = 'unread'), 0) AS unread FROM entity WHERE ${TOLD} AND (? IS NULL OR parent = ?)`,
  )
  const unread = db.prepare<[string, string | null, string | null, number], { id: string }>(
    `SELECT id FROM entity WHERE ${TOLD} AND (? IS NULL OR parent = ?) AND facet = 'unread' ORDER BY sort_at DESC LIMIT ?`,
  )
  const fresh = db.prepare<[string, number, number], EntityRow>(
    `SELECT * FROM entity WHERE ${TOLD} AND facet = 'unread' AND sort_at > ? AND id NOT IN (SELECT id FROM announced_notice) ORDER BY sort_at LIMIT ?`,
  )
  const noteAnnounced = db.prepare('INSERT OR IGNORE INTO announced_notice (id) VALUES (?)')

  const scopeHere = () => {
    const me = store.meta.read('memberId')
    return me === null ? null : privateScope(me)
  }

  const readDrafts = (scope: string, ids: readonly string[], read: boolean): Draft[] =>
    ids.map((id) => ({ scope, kind: NOTICE.kind, id, type: 'notice.read', body: { read } }))

  return {
    'notices.list': ({ page, order, incidentId = null }) => {
      const scope = scopeHere()
      if (scope === null) return done({ rows: [], page: 0, pages: 0, total: 0, unread: 0 })
      const numbers = count.get(scope, incidentId, incidentId) ?? { total: 0, unread: 0 }
      const rows = (order === 'unread' ? unreadFirst : all).all(scope, incidentId, incidentId, NOTICE_PAGE_SIZE, page * NOTICE_PAGE_SIZE)
      return done({ rows: noticeViews(context, rows), page, pages: Math.ceil(numbers.total / NOTICE_PAGE_SIZE), ...numbers })
    },

    'notices.unread': () => {
      const scope = scopeHere()
      return done({ count: scope === null ? 0 : (count.get(scope, null, null)?.unread ?? 0) })
    },

    'notices.read': ({ ids, read }) => {
      const scope = scopeHere()
      if (scope === null) return fail('not-set-up')
      const others = [...new Set(ids)].filter((id) => {
        const notice = NOTICE.read(store, id)
        return notice !== undefined && notice.state.read !== read
      })
      const written = others.length === 0 ? done(null) : write(context, readDrafts(scope, others, read))
      return written.ok ? done(null) : written
    },

    'notices.readAll': ({ incidentId = null }) => {
      const scope = scopeHere()
      if (scope === null) return fail('not-set-up')
      const ids = unread.all(scope, incidentId, incidentId, READ_AT_ONCE).map(({ id }) => id)
      const written = ids.length === 0 ? done(null) : write(context, readDrafts(scope, ids, true))
      return written.ok ? done({ ids }) : written
    },

    'notices.takeNew': () => {
      const scope = scopeHere()
      if (scope === null || context.readOnly) return done([])
      const since = context.now() - NEW_MS
      // Called at every change: without new notices, no write transaction blocks others.
      if (fresh.all(scope, since, 1).length === 0) return done([])
      // Notices that need no alert are marked as announced too. Ids are kept forever: a restored hub may send the same notice again.
      const taken = db
        .transaction(() => {
          const views = noticeViews(context, fresh.all(scope, since, TAKEN_AT_ONCE))
          for (const { id } of views) noteAnnounced.run(id)
          return views.filter(({ rule }) => asksForMember(rule))
        })
        .immediate()
      return done(taken)
    },
  }
}
