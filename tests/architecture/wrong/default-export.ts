// place: src/hub/wrong-default.ts
// refused: no-default-export
// saying:
export default function connect(): null {
  return null
}
