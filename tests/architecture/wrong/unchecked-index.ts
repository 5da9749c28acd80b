// place: src/hub/wrong-index.ts
// refused: TS2532
// saying: possibly
export function firstLength(rows: string[]): number {
  return rows[0].length
}
