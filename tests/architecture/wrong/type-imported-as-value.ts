// place: src/hub/wrong-type-import.ts
// refused: TS1484
// saying: verbatimModuleSyntax
import { Probe } from './probe.ts'

export const seen: Probe = 1
