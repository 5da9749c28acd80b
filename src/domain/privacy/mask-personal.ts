import { findMails, findWechat } from './addresses.ts'
import { keepSpots } from './kept-spots.ts'
import { takeKnownSigns } from './known-signs.ts'
import { findNumbers } from './numbers.ts'
import { findPapers } from './papers.ts'
import { beginScan, type PersonalKind, type PersonalSpot } from './personal-scan.ts'

export type { PersonalKind, PersonalSpot } from './personal-scan.ts'

/** Minimum length of a text that can hold personal data. */
const SHORTEST = 5
const ADDRESS = /[@＠﹫]/
const MESSENGER = /微信|薇信|威信|卫星号|v信|wechat|weixin|vx|wx/i
/** Every number that is searched for has at least five digits of any kind, including Chinese numerals; a number plate has three. */
const DIGIT = /[\p{N}〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺]/gu
const PLATE = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][\sA-Za-zＡ-Ｚａ-ｚ]/

function hasDigits(text: string, most: number): boolean {
  DIGIT.lastIndex = 0
  let found = 0
  while (found < most && DIGIT.test(text)) found += 1
  return found === most
}

/** A cheap check that rules out most texts: false if a text certainly matches no personal form. */
export function mayBePersonal(text: string): boolean {
  return (
    text.length >= SHORTEST &&
    (hasDigits(text, 5) || ADDRESS.test(text) || MESSENGER.test(text) || (PLATE.test(text) && hasDigits(text, 3)))
  )
}

/** The spots that one scan of a text finds. @param steps counts the work done */
function scanOnce(text: string, steps: { count: number }): PersonalSpot[] {
  const scan = beginScan(text)
  takeKnownSigns(scan)
  findMails(scan)
  findWechat(scan)
  findNumbers(scan)
  findPapers(scan)
  steps.count += scan.steps
  return scan.spots.toSorted((a, b) => a.from - b.from)
}

function replaceSpots(text: string, spots: readonly PersonalSpot[]): string {
  let masked = ''
  let at = 0
  for (const { from, to, mask } of spots) {
    masked += text.slice(at, from) + mask
    at = to
  }
  return masked + text.slice(at)
}

/** Maps a position in a text to its masked form: inside a number, to the beginning or end of its mask. */
export function placeInMasked(spots: readonly PersonalSpot[], place: number, side: 'from' | 'to'): number {
  let shift = 0
  for (const spot of spots) {
    if (side === 'from' ? place < spot.from : place <= spot.from) break
    const start = spot.from + shift
    if (side === 'from' ? place < spot.to : place <= spot.to) return side === 'from' ? start : start + spot.mask.length
    shift += spot.mask.length - (spot.to - spot.from)
  }
  return place + shift
}

/** The mask of text that is personal only together with its surroundings. */
function maskJoined(found: string): string {
  const digits = found.replaceAll(/\D/g, '')
  return digits === '' ? `${found.slice(0, 1)}***${found.slice(Math.max(1, found.lastIndexOf('@')))}` : `****${digits.slice(-4)}`
}

/** Joins spots found in the masked text with the spots that they touch. */
function joinSpots(text: string, spots: readonly PersonalSpot[], left: readonly PersonalSpot[]): PersonalSpot[] {
  const joined: PersonalSpot[] = []
  let shift = 0
  let next = 0
  const pass = (until: number) => {
    for (let spot = spots[next]; spot && spot.from + shift + spot.mask.length <= until; spot = spots[next]) {
      joined.push(spot)
      shift += spot.mask.length - (spot.to - spot.from)
      next += 1
    }
  }
  for (const one of left) {
    pass(one.from)
    let from = one.from - shift
    let to = one.to - shift
    for (let spot = spots[next]; spot && spot.from + shift < one.to; spot = spots[next]) {
      from = Math.min(from, spot.from)
      shift += spot.mask.length - (spot.to - spot.from)
      next += 1
      to = Math.max(spot.to, one.to - shift)
    }
    joined.push({ from, to, mask: maskJoined(text.slice(from, to)), kind: one.kind })
  }
  return [...joined, ...spots.slice(next)]
}

/** Maximum number of rescans of the masked text; more were never needed. */
const ROUNDS = 4

/** Like {@link personalSpots}, without the cache. The number of steps grows at most linearly with the length of the text. */
export function findSpots(text: string, steps: { count: number } = { count: 0 }): PersonalSpot[] {
  let spots = scanOnce(text, steps)
  for (let round = 0; round < ROUNDS && spots.length > 0; round += 1) {
    const left = scanOnce(replaceSpots(text, spots), steps)
    if (left.length === 0) break
    spots = joinSpots(text, spots, left)
  }
  return spots
}

const kept = keepSpots<readonly PersonalSpot[]>((text) => findSpots(text))
const NONE: readonly PersonalSpot[] = []

/**
 * The places where a text identifies a person by a known form, in order and without overlaps (LI-03). The rest of a masked
 * number may form another number with its surroundings; it is joined with it, so that no form remains.
 */
export function personalSpots(text: string): readonly PersonalSpot[] {
  return mayBePersonal(text) ? kept(text) : NONE
}

/**
 * The text for a screen visible to everybody in the room: numbers and addresses that identify a person are masked (LI-03,
 * R1). Names cannot be distinguished from other words and stay: authors must leave them out.
 */
export function maskPersonal(text: string): string {
  const spots = personalSpots(text)
  return spots.length === 0 ? text : replaceSpots(text, spots)
}

/** The kinds of masked personal data in a text, each once, in the order of the text. */
export function personalKinds(text: string): PersonalKind[] {
  return [...new Set(personalSpots(text).map(({ kind }) => kind))]
}
