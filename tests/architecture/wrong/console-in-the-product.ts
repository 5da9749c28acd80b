// place: src/hub/wrong-console.ts
// refused: no-console
// saying:
export function greet(): void {
  console.log('hello')
}
