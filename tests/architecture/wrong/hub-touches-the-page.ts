// place: src/hub/wrong-page.ts
// refused: TS2584
// saying: 'document'
export const title: unknown = document.title
