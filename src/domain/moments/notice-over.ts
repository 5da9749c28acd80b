import type { EntityReader } from '../define-entity.ts'
import { isRunning, type IncidentState } from '../incidents/incident.ts'
import { PROMISE } from '../promises/promise-entity.ts'
import { approvalOf } from '../wording/approval.ts'
import { isReplaced } from '../wording/replaced.ts'
import { REVISION, WORDING } from '../wording/wording-entity.ts'
import type { NoticeMade } from '../notices/notice.ts'

/** Why a notice of a time is out of date; `due`: the time is up, for which there is another notice. */
export const NOTICE_ENDS = ['met', 'stopped', 'closed', 'due', 'kept', 'broken', 'void', 'moved', 'decided', 'replaced'] as const
export type NoticeEnd = (typeof NOTICE_ENDS)[number]

/** Null for texts of the standing library. */
type NoticedIncident = Pick<IncidentState, 'status' | 'clocks'> | null

type About = Pick<NoticeMade, 'rule' | 'params'> & { subject?: NoticeMade['subject'] }

function clockOver({ rule, params }: About, incident: NoticedIncident, now: number): NoticeEnd | null {
  if (incident === null) return null
  const clock = incident.clocks.find(({ id }) => id === params['clock'])
  if (clock?.met) return 'met'
  if (clock?.stopped) return 'stopped'
  if (!isRunning(incident)) return 'closed'
  return rule === 'clock-soon' && clock && clock.dueAt <= now ? 'due' : null
}

function promiseOver({ rule, params, subject }: About, read: EntityReader, now: number): NoticeEnd | null {
  const promise = PROMISE.read(read, subject?.id ?? '')?.state
  if (!promise) return null
  if (promise.state !== 'open') return promise.state
  if (promise.dueAt !== params['dueAt']) return 'moved'
  return rule === 'promise-soon' && promise.dueAt <= now ? 'due' : null
}

function reviewOver({ subject }: About, read: EntityReader): NoticeEnd | null {
  const revision = REVISION.read(read, subject?.id ?? '')
  if (!revision) return null
  if (approvalOf(revision.state).status !== 'in-review') return 'decided'
  const wording = WORDING.read(read, revision.state.wordingId)?.state
  return wording && !isReplaced(wording, revision.id, read) ? null : 'replaced'
}

/** The texts of the standing library have no incident that could end. */
const closedOver = (incident: NoticedIncident): NoticeEnd | null => (incident === null || isRunning(incident) ? null : 'closed')

/**
 * Whether a notice is out of date, and why: what waited for the time has ended, or its incident is closed.
 * @param read reads what the notice is about
 * @param now milliseconds since 1970
 * @returns null while it is current, and for notices of events that are not about a time
 */
export function noticeOver(
  notice: About,
  incident: NoticedIncident,
  now: number,
  read: EntityReader = { read: () => undefined },
): NoticeEnd | null {
  switch (notice.rule) {
    case 'clock-soon':
    case 'clock-due':
      return clockOver(notice, incident, now)
    case 'promise-soon':
    case 'promise-due':
      return promiseOver(notice, read, now)
    case 'review-due':
      return reviewOver(notice, read) ?? closedOver(incident)
    case 'wording-expiring': {
      const wording = WORDING.read(read, notice.subject?.id ?? '')?.state
      return wording && wording.live?.until !== notice.params['until'] ? 'replaced' : null
    }
    case 'reading-due': {
      const wording = WORDING.read(read, notice.subject?.id ?? '')?.state
      if (wording && wording.live?.number !== notice.params['number']) return 'replaced'
      return closedOver(incident)
    }
    default:
      return null
  }
}
