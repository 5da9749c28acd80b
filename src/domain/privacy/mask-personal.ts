import { findMails, findWechat } from './addresses.ts'
import { keepSpots } from './kept-spots.ts'
import { takeKnownSigns } from './known-signs.ts'
import { findNumbers } from './numbers.ts'
import { findPapers } from './papers.ts'
import { beginScan, type PersonalKind, type PersonalSpot } from './personal-scan.ts'

export type { PersonalKind, PersonalSpot } from './personal-scan.ts'

/** Shortest text that may hold something personal. */
const SHORTEST = 5
const ADDRESS = /[@＠﹫]/
const MESSENGER = /微信|薇信|威信|卫星号|v信|wechat|weixin|vx|wx/i
/** Five digits of any kind, Chinese numerals included, stand in every number that is looked for; in a plate three. */
const DIGIT = /[\p{N}〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺]/gu
const PLATE = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][\sA-Za-zＡ-Ｚａ-ｚ]/

function hasDigits(text: string, most: number): boolean {
  DIGIT.lastIndex = 0
  let found = 0
  while (found < most && DIGIT.test(text)) found += 1
  return found === most
}

/** False for a text that certainly holds nothing personal by its form; said of most texts at little cost. */
export function mayBePersonal(text: string): boolean {
  return (
    text.length >= SHORTEST &&
    (hasDigits(text, 5) || ADDRESS.test(text) || MESSENGER.test(text) || (PLATE.test(text) && hasDigits(text, 3)))
  )
}

/** What one look through a text finds. @param steps counts what was looked at */
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

/** The place in a masked text that a place in the text itself has become: inside a number, its mask's beginning or end. */
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

/** The mask of what is personal only together with what stands beside it. */
function maskJoined(found: string): string {
  const digits = found.replaceAll(/\D/g, '')
  return digits === '' ? `${found.slice(0, 1)}***${found.slice(Math.max(1, found.lastIndexOf('@')))}` : `****${digits.slice(-4)}`
}

/** What was found in a text's masked form counts as one with the spots it touches. */
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

/** So often what is left of masks is looked through again: more was never needed. */
const ROUNDS = 4

/** As {@link personalSpots}, of a text that was not looked at before. Its steps grow with the text's length and no faster. */
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
 * Where a text identifies a person by a form known here, in order and apart from each other (LI-03). What is left of a mask
 * may make up another form with what stands beside it; that counts as one with it, so that no form is left behind.
 */
export function personalSpots(text: string): readonly PersonalSpot[] {
  return mayBePersonal(text) ? kept(text) : NONE
}

/**
 * A text for a screen that anybody in the room can read: numbers and addresses that identify a person are masked
 * (LI-03, R1). Names cannot be told from other words and stay: who writes for others leaves them out.
 */
export function maskPersonal(text: string): string {
  const spots = personalSpots(text)
  return spots.length === 0 ? text : replaceSpots(text, spots)
}

/** What a text says of people that is masked, each kind once, in the order of the text. */
export function personalKinds(text: string): PersonalKind[] {
  return [...new Set(personalSpots(text).map(({ kind }) => kind))]
}
