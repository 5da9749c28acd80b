import { digitsOf, lettersBefore } from './number-groups.ts'
import { lastFour } from './number-forms.ts'
import { NUMBER_WORDS } from './number-words.ts'
import { addSpot, wordBefore, type PersonalScan } from './personal-scan.ts'
import { isAlphanumeric, isDigit, isLatin, SPACE, WORD } from './text-signs.ts'

const PROVINCES = new Set('京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼')
const PLATE_ENDS = new Set('学警港澳挂领使')

/** A number plate: province, letter, five or six characters with at least three digits. */
function plateEnd(scan: PersonalScan, province: number): { from: number; to: number } | null {
  let place = province + 1
  if (!isLatin(scan.code[place])) return null
  place += 1
  while (place - province < 4 && (scan.code[place] === 46 || scan.code[place] === SPACE || scan.code[place] === 45)) place += 1
  const from = place
  let digits = 0
  while (place < scan.length && isAlphanumeric(scan.code[place]) && place - from < 8) {
    if (isDigit(scan.code[place])) digits += 1
    place += 1
  }
  scan.steps += place - province
  const length = place - from
  const ending = PLATE_ENDS.has(scan.text[scan.at[place] ?? 0] ?? '') && length === 4
  return digits >= 3 && (length === 5 || length === 6 || ending) ? { from, to: ending ? place + 1 : place } : null
}

function findPlate(scan: PersonalScan, province: number): void {
  const found = plateEnd(scan, province)
  if (!found || wordBefore(scan, province, NUMBER_WORDS) === 'nobody') return
  const tail = scan.text
    .slice(scan.at[found.from], scan.at[found.to])
    .toUpperCase()
    .replaceAll(/[^\dA-Z]/g, '')
    .slice(-2)
  addSpot(scan, province + 1, found.to, 'plate', `****${tail.length === 2 ? tail : '00'}`)
}

const PASSPORT = /^(?:[EGDSPK]\d{8}|E[A-HJ-NP-Z]\d{7}|[CWMHTL]\d{8}|[HM]\d{10}|C[A-HJ-NP-Z]\d{7}|[A-Z][1289]\d{8}|[A-Z]{1,2}\d{6})$/
/** Digits that begin like a date, as in a batch number. */
const DATED = /^[A-Z]{1,2}(?:19|20)\d\d(?:0[1-9]|1[0-2])/

/** A passport, a permit, an identity card of Hong Kong or Taiwan: letters directly followed by digits. */
function findPaper(scan: PersonalScan, from: number, digitsFrom: number): number {
  let to = digitsFrom
  while (to < scan.length && isDigit(scan.code[to]) && scan.taken[to] === 0) to += 1
  scan.steps += to - from
  if (isLatin(scan.code[to]) || to - from > 11 || scan.taken[from] === 1) return to
  const text = `${String.fromCharCode(...scan.code.subarray(from, digitsFrom))}${digitsOf(scan, digitsFrom, to)}`
  const word = wordBefore(scan, from, NUMBER_WORDS)
  const said = word === 'paper' || word === 'identity'
  const paper = said
    ? /^[A-Z]{1,2}\d{6,10}$/i.test(text)
    : PASSPORT.test(text) && word !== 'nobody' && word !== 'perhaps' && !DATED.test(text)
  if (!paper) return to
  const hongKong = /^[A-Z]{1,2}\d{6}$/i.test(text)
  const bracket = hongKong && scan.code[to] === 40 && isAlphanumeric(scan.code[to + 1]) && scan.code[to + 2] === 41
  if (hongKong && !bracket && !said) return to
  if (/^[A-Z]\d{9}$/.test(text) && !said && !isTaiwanChecked(text)) return to
  const end = bracket ? to + 3 : to
  addSpot(
    scan,
    from,
    end,
    'paper',
    lastFour(text.slice(text.search(/\d/))).replace(/^\*{4}(\d\d)(\d\d)$/, text.length < 8 ? '****$2' : '****$1$2'),
  )
  return end
}

function isTaiwanChecked(card: string): boolean {
  const region = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(card.slice(0, 1)) + 10
  let sum = Math.floor(region / 10) + (region % 10) * 9
  for (let place = 1; place <= 8; place += 1) sum += Number(card[place]) * (9 - place)
  return (sum + Number(card[9])) % 10 === 0
}

/** Finds documents and number plates: numbers that begin with letters. */
export function findPapers(scan: PersonalScan): void {
  for (let place = 0; place < scan.length; place += 1) {
    scan.steps += 1
    if (scan.taken[place] === 1) continue
    if (scan.code[place] === WORD) {
      if (isLatin(scan.code[place + 1]) && PROVINCES.has(scan.text[scan.at[place] ?? 0] ?? '')) findPlate(scan, place)
    } else if (isDigit(scan.code[place]) && isLatin(scan.code[place - 1])) {
      const from = lettersBefore(scan, place)
      if (place - from <= 2 && !isAlphanumeric(scan.code[from - 1])) place = Math.max(place, findPaper(scan, from, place) - 1)
    }
  }
}
