// place: src/replica/store/wrong-hub.ts
// refused: no-restricted-imports
// saying: The replica knows neither hub nor Electron
import { probe } from '#hub/probe.ts'

export const seen: number = probe
