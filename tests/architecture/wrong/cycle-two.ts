// place: src/hub/wrong-cycle-two.ts
// refused: no-cycle
// saying:
import { one } from './wrong-cycle-one.ts'

export const two = (): number => one() + 1
