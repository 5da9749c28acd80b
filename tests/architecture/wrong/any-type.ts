// place: src/hub/wrong-any.ts
// refused: no-explicit-any
// saying:
export function show(value: any): string {
  return String(value)
}
