// place: src/hub/wrong-unused-silence.ts
// refused:
// saying: Unused oxlint-disable directive
// oxlint-disable-next-line no-console
export const quiet = true
