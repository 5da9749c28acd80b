import { clockStatus, type ClockEnd, type ClockState } from './clocks.ts'

export type ClockTally = { total: number; inTime: number; late: number; stopped: number; unmet: number }

/** Results of the clocks of an incident in which no clock is running (milliseconds since 1970). */
export function tallyClocks(clocks: readonly Pick<ClockState, 'dueAt' | 'met' | 'stopped'>[], now: number, end: ClockEnd): ClockTally {
  const count = { total: clocks.length, inTime: 0, late: 0, stopped: 0, unmet: 0 }
  for (const clock of clocks) {
    const { kind } = clockStatus(clock, now, end)
    if (kind === 'met') count.inTime += 1
    else if (kind === 'met-late') count.late += 1
    else if (kind === 'stopped') count.stopped += 1
    else count.unmet += 1
  }
  return count
}
