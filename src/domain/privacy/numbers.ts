import { isMessenger } from './addresses.ts'
import { digitsOf, GAP, lettersBefore, numberPhrases, type Group } from './number-groups.ts'
import { findForm, type Found, type NumberWindow } from './number-forms.ts'
import { countsWith, NUMBER_WORDS } from './number-words.ts'
import { addSpot, textFrom, wordBefore, type PersonalScan } from './personal-scan.ts'
import { isAlphanumeric, isLatin, SPACE } from './text-signs.ts'

/** Maximum number of digits in one number, and the minimum worth checking. */
const MOST = 23
const FEWEST = 5
/** Maximum number of groups in a written number, unless each digit is its own group. */
const MOST_GROUPS = 8
/** Maximum number of look-ups of numbers with a country code per text. */
const LOOK_UPS = 400

/** `base`: index of its first group; the groups after a found number form a new phrase. */
type Phrase = { groups: readonly Group[]; base: number; word: NumberWindow['word']; lookUp(): boolean }

/** End of an X that belongs to the digits before it; 0 if there is none. */
function endOfX(scan: PersonalScan, to: number): number {
  const place = scan.code[to] === SPACE || scan.code[to] === 45 ? to + 1 : to
  const isX = scan.code[place] === 120 || scan.code[place] === 88
  return isX && !isAlphanumeric(scan.code[place + 1]) ? place + 1 : 0
}

function wordOf(scan: PersonalScan, groups: readonly Group[]): NumberWindow['word'] {
  const [first] = groups
  let total = 0
  for (const { from, to } of groups) if (total < FEWEST) total += to - from
  if (!first || total < FEWEST) return null
  const from = lettersBefore(scan, first.from)
  return (
    wordBefore(scan, first.from, NUMBER_WORDS) ??
    (from < first.from ? wordBefore(scan, from, NUMBER_WORDS) : null) ??
    (isMessenger(scan, first.from) ? 'account' : null)
  )
}

/**
 * A cheap check before anything is built: whether this many digits in this many groups, beginning with these two digits, can
 * be any number that is searched for.
 */
function isPlausible(total: number, count: number, one: number, two: number, around: Around): boolean {
  if (count > MOST_GROUPS && count !== total) return false
  if (around.word !== null && around.word !== 'nobody' && around.word !== 'perhaps') return true
  if (around.plus) return total >= 7
  if (total < 10) return false
  if (count > 1 && count === total) return total === 11 ? one === 1 && two >= 3 : around.first && (total === 16 || total > 17)
  if (count === 1 && total > 14) return true
  if (one === 0) return total <= 17
  if (one === 1) return total === 11 ? two >= 3 : total > 14 && total < 19
  if (total < 13) return total === 10 ? around.bracket : around.lettersBefore !== ''
  return total < 20
}

/** `first`: it is the first of its phrase. */
type Around = Pick<NumberWindow, 'word' | 'plus' | 'bracket' | 'lettersBefore' | 'decimals' | 'lookUp'> & { first: boolean }

/** Fills in the ends of groups that may form one number from a group on; returns their count. */
function readWindow(groups: readonly Group[], first: number, ends: Uint8Array): number {
  let total = 0
  let count = 0
  for (let place = first; place < groups.length; place += 1) {
    const group = groups[place]
    if (!group) break
    const length = group.to - group.from
    if (count > 0 && total + length > MOST) break
    total += length
    ends[count] = Math.min(total, 255)
    count += 1
  }
  return count
}

const ENDS = new Uint8Array(MOST + 1)

/** The longest number that begins with a group. */
function longestAt(
  scan: PersonalScan,
  { groups, base, word, lookUp }: Phrase,
  first: number,
): { last: number; found: Found; from: number; to: number } | null {
  const start = groups[first]
  if (!start) return null
  const most = readWindow(groups, first, ENDS)
  scan.steps += most
  if ((ENDS[most - 1] ?? 0) < FEWEST) return null
  const value = (place: number): number => ((scan.code[place] ?? 0) & 0xff) % 48
  const second = start.to - start.from > 1 ? start.from + 1 : (groups[first + 1]?.from ?? start.from)
  const [one, two] = [value(start.from), value(second)]
  const signBefore = scan.code[start.from - 1]
  const lettersFrom = isLatin(signBefore) ? lettersBefore(scan, start.from) : start.from
  const around: Around = {
    plus: signBefore === 43 || (signBefore === 40 && scan.code[start.from - 2] === 43),
    bracket: signBefore === 40,
    lettersBefore: lettersFrom === start.from ? '' : scan.text.slice(scan.at[lettersFrom], scan.at[start.from]),
    decimals: first > base && start.gap === GAP.dot && start.gapLength === 1,
    word: first === base ? word : word === 'nobody' || word === 'perhaps' ? word : null,
    lookUp,
    first: first === base,
  }
  for (let count = most; count >= 1; count -= 1) {
    const total = ENDS[count - 1] ?? 0
    scan.steps += 1
    const end = groups[first + count - 1]?.to ?? start.to
    const x = total === 17 ? endOfX(scan, end) : 0
    if (total < FEWEST || !isPlausible(total, count, one, two, around)) continue
    const window = windowOf(scan, groups.slice(first, first + count), around, {
      thenX: x > 0,
      whole: standsAlone(groups, base, first, first + count),
      behindLetters: isBehindLetters(scan, start),
    })
    const found = findForm(window)
    const to = found?.withX ? x : end
    if (found && signBefore !== 36 && !isAmount(scan, around.word, found, count, to)) {
      let from = start.from
      if (around.bracket && window.gaps & GAP.bracket) from -= 1
      if (scan.code[from - 1] === 43 && scan.taken[from - 1] === 0) from -= 1
      return { last: first + count - 1, found, from, to }
    }
  }
  return null
}

/** Whether the groups are a complete phrase, or separated from their neighbors by other separators than among themselves. */
function standsAlone(groups: readonly Group[], base: number, from: number, to: number): boolean {
  const within = groups[from + 1]?.gap
  return (from === base || groups[from]?.gap !== within) && (to === groups.length || groups[to]?.gap !== within)
}

/** Letters and a dash precede it, as in a model name. */
function isBehindLetters(scan: PersonalScan, { from }: Group): boolean {
  return scan.code[from - 1] === 45 && isLatin(scan.code[from - 2])
}

function windowOf(
  scan: PersonalScan,
  groups: readonly Group[],
  around: Around,
  more: Pick<NumberWindow, 'thenX' | 'whole' | 'behindLetters'>,
): NumberWindow {
  let digits = ''
  let gaps = 0
  let han = false
  for (const [place, group] of groups.entries()) {
    digits += digitsOf(scan, group.from, group.to)
    if (place > 0) gaps |= group.gap
    if (group.han) han = true
  }
  return {
    ...around,
    ...more,
    digits,
    gaps,
    han,
    lengths: groups.map(({ from, to }) => to - from),
    lettersAfter: isLatin(scan.code[groups.at(-1)?.to ?? 0]),
  }
}

/** Whether the surrounding words make it a count, a price, or the name of a thing. */
function isAmount(scan: PersonalScan, word: NumberWindow['word'], found: Found, groups: number, to: number): boolean {
  if (word === 'nobody' && found.kind !== 'identity') return true
  // Words such as comment or date may also precede a person's telephone number.
  if (word === 'perhaps' && found.kind !== 'identity' && !(found.kind === 'phone' && groups === 1)) return true
  return !found.withX && !(groups === 1 && found.kind === 'identity') && countsWith(textFrom(scan, to, 8))
}

/**
 * Finds numbers that identify a person: telephones, cards, orders, and kinds named by the preceding word. The search
 * continues after each number found.
 */
export function findNumbers(scan: PersonalScan): void {
  let left = LOOK_UPS
  const lookUp = () => {
    left -= 1
    return left >= 0
  }
  for (const groups of numberPhrases(scan)) {
    let phrase: Phrase = { groups, base: 0, word: wordOf(scan, groups), lookUp }
    for (let first = 0; first < groups.length; first += 1) {
      const longest = longestAt(scan, phrase, first)
      if (!longest) continue
      addSpot(scan, longest.from, longest.to, longest.found.kind, longest.found.mask)
      first = longest.last
      phrase = { groups, base: first + 1, word: null, lookUp }
    }
  }
}
