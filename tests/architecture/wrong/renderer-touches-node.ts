// place: src/renderer/app/wrong-node.ts
// refused: TS2591
// saying: 'node:fs'
import { readFileSync } from 'node:fs'

export const read: unknown = readFileSync
