// place: src/renderer/features/incidents/wrong-climb.ts
// refused: no-restricted-imports
// saying: only through its door, #features/<name>
import { probe } from '../signals/probe.ts'

export const seen: number = probe
