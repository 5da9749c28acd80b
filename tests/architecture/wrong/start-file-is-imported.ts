// place: src/workspace/wrong-start.ts
// refused: no-restricted-imports
// saying: they wire the parts
import { probe } from './start-probe.ts'

export const seen: number = probe
