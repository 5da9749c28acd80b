import { useEffect, useRef, useState } from 'react'
import type { ConsoleGone, ConsoleState } from '#contract/agent-wire.ts'
import { stored } from '../../page/stored.ts'
import { nameOfGone, PutOff, waitingWithdrawals } from '../state/withdrawn.ts'

/** The withdrawals that came while the console was open and that the agent has not put away, the newest first. */
export function useWithdrawn({ agent, gone }: ConsoleState): { withdrawn: ConsoleGone[]; putAway: (one: ConsoleGone) => void } {
  const kept = stored(`stormroom.withdrawn.${agent.id}`, PutOff)
  const [waiting, setWaiting] = useState<readonly string[]>(() => kept.read() ?? [])
  const before = useRef<readonly ConsoleGone[] | null>(null)
  const keep = (next: readonly string[]) => {
    setWaiting(next)
    if (next.length > 0) kept.write([...next])
    else kept.clear()
  }
  useEffect(() => {
    const next = waitingWithdrawals(waiting, before.current, gone)
    before.current = gone
    if (next.join() !== waiting.join()) keep(next)
    // oxlint-disable-next-line react/exhaustive-deps -- only a change of what is gone adds to what waits
  }, [gone])
  const withdrawn = gone.filter((one) => waiting.includes(nameOfGone(one))).sort((a, b) => b.at - a.at)
  return { withdrawn, putAway: (one) => keep(waiting.filter((name) => name !== nameOfGone(one))) }
}
