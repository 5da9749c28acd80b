// place: src/replica/imports/wrong-service.ts
// refused: no-restricted-imports
// saying: know no service: let the service call you
import { probe } from '../services/probe.ts'

export const seen: number = probe
