// place: src/domain/incidents/wrong-global.ts
// refused: no-restricted-globals
// saying: take epoch milliseconds as a parameter
export const declaredAt: number = globalThis.Date.now()
