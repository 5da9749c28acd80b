// place: src/hub/wrong-type-cycle-one.ts
// refused: no-cycle
// saying:
import type { Two } from './wrong-type-cycle-two.ts'

export type One = { two: Two | null }
