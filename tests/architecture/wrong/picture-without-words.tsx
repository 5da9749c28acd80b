// place: src/renderer/features/incidents/WrongPicture.tsx
// refused: alt-text
// saying:
export function WrongPicture() {
  return <img src="/a.png" />
}
