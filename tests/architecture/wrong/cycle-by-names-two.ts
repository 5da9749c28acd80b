// place: src/domain/wrong-cycle-two.ts
// refused: no-cycle
// saying:
import { one } from '#domain/wrong-cycle-one.ts'

export const two = (): number => one() + 1
