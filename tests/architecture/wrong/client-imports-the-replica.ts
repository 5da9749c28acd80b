// place: src/renderer/client/wrong-replica.ts
// refused: no-restricted-imports
// saying: only through the contract
import { probe } from '#replica/probe.ts'

export const seen: number = probe
