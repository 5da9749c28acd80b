// place: src/contract/wrong-library.ts
// refused: no-restricted-imports
// saying: Contract imports only itself
import { DateTime } from 'luxon'

export const zone: string = DateTime.utc().zoneName
