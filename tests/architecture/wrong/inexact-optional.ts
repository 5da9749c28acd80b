// place: src/hub/wrong-optional.ts
// refused: TS2375
// saying: exactOptionalPropertyTypes
export const entry: { note?: string } = { note: undefined }
