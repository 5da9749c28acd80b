// place: src/renderer/ui/wrong-client.ts
// refused: no-restricted-imports
// saying: knows no feature and no client
import { probe } from '../client/probe.ts'

export const seen: number = probe
