// place: src/domain/wrong-cycle-one.ts
// refused: no-cycle
// saying:
import { two } from '#domain/wrong-cycle-two.ts'

export const one = (): number => two() + 1
