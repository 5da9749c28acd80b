// place: src/hub/wrong-silence.ts
// refused: ban-ts-comment
// saying:
// @ts-ignore
export const count: number = 'one'
