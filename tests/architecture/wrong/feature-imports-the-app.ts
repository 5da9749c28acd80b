// place: src/renderer/features/incidents/wrong-app.ts
// refused: no-restricted-imports
// saying: does not know the app around it
import { probe } from '#app/probe.ts'

export const seen: number = probe
