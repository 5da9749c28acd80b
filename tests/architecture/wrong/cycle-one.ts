// place: src/hub/wrong-cycle-one.ts
// refused: no-cycle
// saying:
import { two } from './wrong-cycle-two.ts'

export const one = (): number => two() + 1
