// place: src/domain/wording/wrong-library.ts
// refused: no-restricted-imports
// saying: wording yjs, lib0/buffer and @noble/hashes too
import { parsePhoneNumberWithError } from 'libphonenumber-js'

export const number: string = parsePhoneNumberWithError('+8613800138000').number
