// place: src/hub/wrong-type-cycle-two.ts
// refused: no-cycle
// saying:
import type { One } from './wrong-type-cycle-one.ts'

export type Two = { one: One | null }
