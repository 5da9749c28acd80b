// place: src/hub/wrong-non-null.ts
// refused: no-non-null-assertion
// saying:
export function first(rows: string[]): string {
  return rows[0]!
}
