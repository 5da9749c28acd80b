// place: src/renderer/features/incidents/wrong-network.ts
// refused: no-restricted-globals
// saying: reads the local replica, never the network
export const answer: Promise<Response> = fetch('/incidents')
