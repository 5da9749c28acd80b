// place: src/domain/incidents/wrong.ts
// refused: no-restricted-globals
// saying: take epoch milliseconds as a parameter
export const declaredAt: number = Date.now()
