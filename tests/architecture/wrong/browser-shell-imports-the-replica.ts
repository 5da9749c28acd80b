// place: src/browser/wrong-replica.ts
// refused: no-restricted-imports
// saying: Only src/workspace wires
import { probe } from '#replica/probe.ts'

export const seen: number = probe
