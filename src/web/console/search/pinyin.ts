import { READINGS } from './pinyin-readings.ts'

let readings: Map<string, string[]> | null = null

function readReadings(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const group of READINGS.trim().split(/\s+/)) {
    const syllable = /^[a-z]+/.exec(group)?.[0] ?? ''
    for (const sign of group.slice(syllable.length)) {
      const others = found.get(sign)
      if (others) others.push(syllable)
      else found.set(sign, [syllable])
    }
  }
  return found
}

const NONE: readonly string[] = []

/** The readings of a character in pinyin without tones (ü as v); none if it is no Chinese character, or a rare one. */
export function readingsOf(sign: string): readonly string[] {
  readings ??= readReadings()
  return readings.get(sign) ?? NONE
}
