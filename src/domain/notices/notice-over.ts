import { isRunning, type IncidentState } from '../incidents/incident.ts'
import type { NoticeMade } from './notice.ts'

/** Why what a notice of a clock says is so no longer; `due`: its time is up, which another notice says. */
export const NOTICE_ENDS = ['met', 'stopped', 'closed', 'due'] as const
export type NoticeEnd = (typeof NOTICE_ENDS)[number]

/**
 * Whether a notice is past, and why: a clock that was met or stopped, or whose incident is closed, waits for nobody.
 * @param now milliseconds since 1970
 * @returns null as long as it is so, and for notices of what happened once
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
