// place: src/replica/evidence/wrong-sync.ts
// refused: no-restricted-imports
// saying: only store and tables below them
import { probe } from '../sync/probe.ts'

export const seen: number = probe
