// place: src/replica/store/wrong-search.ts
// refused: no-restricted-imports
// saying: services → projections, search → store
import { probe } from '#replica/search/probe.ts'

export const seen: number = probe
