// place: src/replica/sync/wrong-service.ts
// refused: no-restricted-imports
// saying: know no service and no import
import { probe } from '../services/probe.ts'

export const seen: number = probe
