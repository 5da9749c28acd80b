// place: src/domain/incidents/wrong-dice.ts
// refused: no-restricted-properties
// saying: take the random value or the ID as a parameter
export const pick: number = Math.random()
