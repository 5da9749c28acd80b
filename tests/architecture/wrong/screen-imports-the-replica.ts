// place: src/renderer/features/incidents/wrong-replica.ts
// refused: no-restricted-imports
// saying: only through #client/
import { probe } from '#replica/probe.ts'

export const seen: number = probe
