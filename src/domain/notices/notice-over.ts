import { isRunning, type IncidentState } from '../incidents/incident.ts'
import type { NoticeMade } from './notice.ts'

/** Why a clock notice is out of date; `due`: the time is up, for which there is another notice. */
export const NOTICE_ENDS = ['met', 'stopped', 'closed', 'due'] as const
export type NoticeEnd = (typeof NOTICE_ENDS)[number]

/**
 * Whether a notice is out of date, and why: its clock was met or stopped, or its incident is closed.
 * @param now milliseconds since 1970
 * @returns null while it is current, and for notices of events that are not about a clock
 */
export function noticeOver(
  { rule, params }: Pick<NoticeMade, 'rule' | 'params'>,
  incident: Pick<IncidentState, 'status' | 'clocks'>,
  now: number,
): NoticeEnd | null {
  if (rule !== 'clock-soon' && rule !== 'clock-due') return null
  const clock = incident.clocks.find(({ id }) => id === params['clock'])
  if (clock?.met) return 'met'
  if (clock?.stopped) return 'stopped'
  if (!isRunning(incident)) return 'closed'
  return rule === 'clock-soon' && clock && clock.dueAt <= now ? 'due' : null
}
