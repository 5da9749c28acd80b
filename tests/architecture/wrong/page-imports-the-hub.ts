// place: src/web/console/wrong-hub.ts
// refused: no-restricted-imports
// saying: only through its routes (#contract/)
import { probe } from '#hub/probe.ts'

export const seen: number = probe
