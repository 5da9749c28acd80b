// place: src/renderer/ui/wrong-feature.ts
// refused: no-restricted-imports
// saying: knows no feature and no client
import { probe } from '#features/signals'

export const seen: number = probe
