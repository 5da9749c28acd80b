import { z } from 'zod'
import type { ConsoleGone } from '#contract/agent-wire.ts'

/** Names of withdrawals that the agent has not put away yet, kept over a reload. */
export const PutOff = z.array(z.string().max(120)).max(200)

export const nameOfGone = ({ id, at }: Pick<ConsoleGone, 'id' | 'at'>): string => `${id} ${at}`

/**
 * The withdrawals that wait to be put away after a change: those that waited and still count, and those that came since.
 * @param before what was gone before; null at first, when everything is old or told as missed
 */
export function waitingWithdrawals(
  waiting: readonly string[],
  before: readonly ConsoleGone[] | null,
  now: readonly ConsoleGone[],
): string[] {
  const known = new Set(before?.map(nameOfGone))
  const names = now.filter(({ why }) => why === 'withdrawn').map(nameOfGone)
  return names.filter((name) => waiting.includes(name) || (before !== null && !known.has(name)))
}
