// place: src/renderer/client/wrong-ui.ts
// refused: no-restricted-imports
// saying: knows no screen
import { probe } from '#ui/probe.ts'

export const seen: number = probe
