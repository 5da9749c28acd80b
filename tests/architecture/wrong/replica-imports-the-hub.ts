// place: src/replica/wrong-hub.ts
// refused: no-restricted-imports
// saying: through its link interface
import { probe } from '#hub/probe.ts'

export const seen: number = probe
