// place: src/hub/wrong-replica.ts
// refused: no-restricted-imports
// saying: The hub knows neither replica nor Electron
import { probe } from '#replica/probe.ts'

export const seen: number = probe
