import type { SeriesMetric, SeriesReading } from '#domain/series/series.ts'

/** Numbers that are often entered by hand, with the reading of each. Names and units are in the interface language. */
export const NUMBER_PRESETS = [
  { id: 'forwards', metric: 'spread', reading: 'running-total' },
  { id: 'negative', metric: 'sentiment', reading: 'level' },
  { id: 'media', metric: 'influence', reading: 'running-total' },
  { id: 'leaders', metric: 'influence', reading: 'running-total' },
  { id: 'enquiries', metric: 'business', reading: 'increments' },
] as const satisfies readonly { id: string; metric: SeriesMetric; reading: SeriesReading }[]

export type NumberPreset = (typeof NUMBER_PRESETS)[number]

/** Parses a number as people write it: `1,240`, `12.5`, `72%`, `1.2万`; null if invalid. */
export function readNumber(text: string): number | null {
  const found = /^([+-]?\d+(?:\.\d+)?)(\u4E07|k)?[%\uFF05]?$/i.exec(text.trim().replaceAll(/[,\uFF0C\s]/g, ''))
  if (!found) return null
  const factor = found[2] === undefined ? 1 : found[2].toLowerCase() === 'k' ? 1000 : 10_000
  return Number(found[1]) * factor
}
