import { useEffect, useEffectEvent, useState } from 'react'
import { ROTATION_MS, turnTo } from './rotation.ts'

export type Rotation = { shown: string | null; paused: boolean; turn(by: number): void; pause(): void }

/** Rotates through the incidents, one every 30 seconds; pausing keeps the current one. */
export function useRotation(ids: readonly string[]): Rotation {
  const [wanted, setWanted] = useState<string | null>(null)
  const [paused, setPaused] = useState(false)
  const shown = turnTo(ids, wanted, 0)
  const turn = (by: number) => setWanted(turnTo(ids, shown, by))
  const turnOn = useEffectEvent(() => turn(1))
  const several = ids.length > 1
  useEffect(() => {
    if (paused || !several || shown === null) return undefined
    const timer = setTimeout(turnOn, ROTATION_MS)
    return () => clearTimeout(timer)
  }, [paused, several, shown])
  return { shown, paused, turn, pause: () => setPaused((now) => !now) }
}
