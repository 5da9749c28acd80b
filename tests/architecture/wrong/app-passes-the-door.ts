// place: src/renderer/app/wrong-door.ts
// refused: no-restricted-imports
// saying: only through its door, #features/<name>
import { probe } from '../features/signals/probe.ts'

export const seen: number = probe
