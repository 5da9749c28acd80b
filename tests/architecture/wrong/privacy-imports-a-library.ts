// place: src/domain/privacy/wrong-library.ts
// refused: no-restricted-imports
// saying: privacy and contacts libphonenumber-js too
import { DateTime } from 'luxon'

export const zone: string = DateTime.utc().zoneName
