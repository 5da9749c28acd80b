// place: src/replica/store/wrong-service.ts
// refused: no-restricted-imports
// saying: services → projections, search → store
import { probe } from '../services/probe.ts'

export const seen: number = probe
