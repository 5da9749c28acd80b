// place: src/renderer/features/incidents/wrong-door.ts
// refused: TS2307
// saying: #features/signals/table/probe.ts
import { probe } from '#features/signals/table/probe.ts'

export const seen: number = probe
