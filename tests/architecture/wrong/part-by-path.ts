// place: src/browser/wrong-path.ts
// refused: no-restricted-imports
// saying: Import another part by name
import { probe } from '../contract/probe.ts'

export const seen: number = probe
