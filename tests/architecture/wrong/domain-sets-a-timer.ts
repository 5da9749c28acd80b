// place: src/domain/incidents/wrong-timer.ts
// refused: TS2304
// saying: 'setTimeout'
export const timer: unknown = setTimeout(() => null, 1)
