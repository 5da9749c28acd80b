// place: src/domain/incidents/wrong-library.ts
// refused: no-restricted-imports
// saying: Domain imports only itself and zod
import { DateTime } from 'luxon'

export const zone: string = DateTime.utc().zoneName
