// place: src/replica/store/wrong-service.ts
// refused: no-restricted-imports
// saying: know nobody above them
import { probe } from '../services/probe.ts'

export const seen: number = probe
