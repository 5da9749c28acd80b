// place: src/storage/wrong-replica.ts
// refused: no-restricted-imports
// saying: knows neither: take what you need
import { probe } from '#replica/probe.ts'

export const seen: number = probe
