// place: src/hub/wrong-parameter.ts
// refused: TS1294
// saying: erasableSyntaxOnly
export class Link {
  constructor(readonly name: string) {}
}
