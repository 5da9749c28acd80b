// place: src/renderer/app/wrong-entry.ts
// refused: no-restricted-imports
// saying: they wire the parts
import { probe } from '../probe-entry.tsx'

export const seen: number = probe
