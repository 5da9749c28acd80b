// place: src/replica/projections/wrong-service.ts
// refused: no-restricted-imports
// saying: let the service call you
import { probe } from '../services/probe.ts'

export const seen: number = probe
