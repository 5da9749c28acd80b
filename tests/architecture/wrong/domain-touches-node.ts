// place: src/domain/incidents/wrong-node.ts
// refused: TS2591
// saying: 'process'
export const home: unknown = process.env
