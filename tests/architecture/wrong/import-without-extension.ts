// place: src/hub/wrong-extension.ts
// refused: extensions
// saying:
import { probe } from './probe'

export const seen: number = probe
