// place: src/hub/wrong-enum.ts
// refused: TS1294
// saying: erasableSyntaxOnly
export enum Level {
  one,
}
