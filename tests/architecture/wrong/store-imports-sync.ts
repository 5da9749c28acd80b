// place: src/replica/store/wrong-sync.ts
// refused: no-restricted-imports
// saying: know nobody above them
import { probe } from '#replica/sync/probe.ts'

export const seen: number = probe
