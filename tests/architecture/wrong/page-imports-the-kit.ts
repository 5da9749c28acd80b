// place: src/web/console/wrong-kit.ts
// refused: no-restricted-imports
// saying: it brings nothing of the app
import { probe } from '#ui/probe.ts'

export const seen: number = probe
