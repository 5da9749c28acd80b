// place: src/contract/wrong-path.ts
// refused: no-restricted-imports
// saying: contract knows no other part
import { probe } from '../domain/probe.ts'

export const seen: number = probe
