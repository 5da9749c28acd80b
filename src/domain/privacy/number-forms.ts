import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { isBarCode, isEpoch, isIdentityChecked, isLuhn, isWrittenMoment, looksLikeIdentity, looksLikeOldIdentity } from './check-digits.ts'
import { GAP } from './number-groups.ts'
import type { NumberWord } from './number-words.ts'
import type { PersonalKind } from './personal-scan.ts'

/** Groups of digits that may be one number, with their surroundings. */
export type NumberWindow = {
  digits: string
  /** The number of digits of each group. */
  lengths: readonly number[]
  /** All separators between the groups. */
  gaps: number
  han: boolean
  /** An X follows the digits, as in an identity card. */
  thenX: boolean
  /** A plus sign precedes it. */
  plus: boolean
  /** A bracket precedes it. */
  bracket: boolean
  /** No further group with the same separator is adjacent. */
  whole: boolean
  /** Letters directly before it; `lettersAfter`: whether a letter follows directly. */
  lettersBefore: string
  lettersAfter: boolean
  /** It follows a decimal point. */
  decimals: boolean
  /** Letters and a dash precede it, as in a model name. */
  behindLetters: boolean
  word: NumberWord | 'account' | null
  /** Whether a number with a country code may still be looked up; the number of look-ups per text is bounded. */
  lookUp(): boolean
}

export type Found = { kind: PersonalKind; mask: string; withX?: boolean }

export const lastFour = (digits: string): string => `****${digits.slice(-4)}`
/** For a short number two digits are enough. */
export const lastFew = (digits: string): string => (digits.length < 9 ? `****${digits.slice(-2)}` : lastFour(digits))

const only = (gaps: number, allowed: number): boolean => (gaps & ~allowed) === 0
const isYear = (digits: string): boolean => /^(?:19|20)\d\d$/.test(digits)

/** The group lengths without that many leading digits; null if a remaining group would be cut. */
function without(lengths: readonly number[], digits: number): number[] | null {
  const [first = 0, ...rest] = lengths
  if (digits === 0) return [...lengths]
  if (first > digits) return [first - digits, ...rest]
  return first === digits ? rest : without(rest, digits - first)
}

const ANY_GAP_MOBILE = new Set(['3-4-4', '3-4-2-2', '3-2-2-2-2'])
const PLAIN_GAP_MOBILE = new Set([
  '3-8',
  '7-4',
  '3-3-5',
  '4-4-3',
  '4-3-4',
  '5-6',
  '6-5',
  '3-5-3',
  '4-7',
  '3-3-3-2',
  '3-6-2',
  '3-2-6',
  '3-2-3-3',
  '3-3-2-3',
  '5-3-3',
  '3-2-4-2',
  '5-2-4',
  '5-4-2',
  '3-4-3-1',
  '3-4-1-3',
  '8-3',
  '3-7-1',
  '3-1-7',
])

function isMobileShape(window: NumberWindow, lengths: readonly number[], digits: string): boolean {
  const { gaps, whole } = window
  if (lengths.length === 1) return true
  if ((gaps & GAP.colon && gaps !== GAP.colon) || (window.behindLetters && window.word !== 'phone')) return false
  if (lengths.every((length) => length === 1)) return true
  const shape = lengths.join('-')
  if (ANY_GAP_MOBILE.has(shape))
    return only(gaps, GAP.blank | GAP.dash | GAP.dot | GAP.bracket | GAP.line) || !(isYear(digits.slice(3, 7)) && isYear(digits.slice(7)))
  if (PLAIN_GAP_MOBILE.has(shape))
    return (
      only(gaps, GAP.blank | GAP.dash | GAP.bracket) ||
      (shape === '3-8' &&
        !/^(?:19|20)\d\d[01]\d[0-3]\d$/.test(digits.slice(3)) &&
        only(gaps, GAP.blank | GAP.dash | GAP.bracket | GAP.dot | GAP.slash | GAP.line))
    )
  return whole && lengths.length >= 4 && lengths.every((length) => length <= 4) && only(gaps, GAP.blank | GAP.dash) && shape !== '2-3-3-3'
}

/** A mainland mobile number, with or without country code or leading zero. */
function mobile(window: NumberWindow): Found | null {
  const { digits, lengths } = window
  const code = /^(?:0086|860|86|0)?(?=1[3-9]\d{9}$)/.exec(digits)?.[0]
  if (code === undefined || (window.plus && !code.includes('86'))) return null
  const groups = without(lengths, code.length)
  const number = digits.slice(code.length)
  if (groups === null || !isMobileShape(window, groups, number)) return null
  return { kind: 'phone', mask: `${number.slice(0, 3)}****${number.slice(-4)}` }
}

const AREA =
  /^0(?:10|2[0-57-9]|3(?:1\d|35|4[39]|5\d|7\d|9[1-8])|4(?:1\d|2[179]|3\d|40|5\d|6[4789]|7\d|8[23])|5(?:[1-7]\d|80|9\d)|6(?:3[1-5]|6[0238]|9[12])|7(?:0[12]|[1-9]\d)|8(?:1[2-9]|[2-9]\d)|9(?:0[1-9]|[1-9]\d))/

/** A mainland landline number with its area code, also with an extension after a dash. */
function landline(window: NumberWindow): Found | null {
  const { digits, lengths, gaps, plus } = window
  if (window.decimals || (window.lettersBefore !== '' && window.word !== 'phone')) return null
  const code = /^(?:0086|86)(?=0?[1-9])/.exec(digits)?.[0] ?? ''
  if (code !== '' && !plus && !code.startsWith('00')) return null
  const rest = digits.slice(code.length)
  const national = code !== '' && !rest.startsWith('0') ? `0${rest}` : rest
  const area = AREA.exec(national)?.[0]
  if (area === undefined || gaps & GAP.colon) return null
  const groups = without(lengths, code.length)
  if (groups === null) return null
  // The area code is separate, or everything is one group.
  const areaDigits = area.length - (national.length - rest.length)
  const number = rest.slice(areaDigits)
  if (groups.length === 1) {
    const long = number.length === 8 || (number.length === 7 && (area.length === 4 || code !== ''))
    return long ? { kind: 'phone', mask: lastFour(number) } : null
  }
  if (groups[0] !== areaDigits) return null
  const local = groups.slice(1)
  const parts = local.length > 1 && gaps & GAP.dash && /^(?:8|7|4-4|3-4|4-3)-[1-6]$/.test(local.join('-')) ? local.slice(0, -1) : local
  const size = parts.reduce((sum, part) => sum + part, 0)
  if (size !== 7 && size !== 8) return null
  if (!/^(?:8|7|4-4|3-4|4-3|3-5|2-2-2-2|3-2-2|2-3-3|1-3-4)$/.test(parts.join('-'))) return null
  return { kind: 'phone', mask: lastFour(number.slice(0, size)) }
}

/** Numbers of Taiwan and Japan in local notation, and of North America with a bracket. */
function neighbours({ digits, lengths, gaps, bracket, decimals, lettersBefore, word }: NumberWindow): Found | null {
  const shape = lengths.join('-')
  const phone: Found = { kind: 'phone', mask: lastFour(digits) }
  if (decimals || gaps & GAP.colon || (lettersBefore !== '' && word !== 'phone')) return null
  if (/^09\d{8}$/.test(digits) && /^(?:10|4-3-3|4-6|4-2-2-2|2-4-4|2-8)$/.test(shape)) return phone
  if (/^0[5789]0\d{8}$/.test(digits) && /^(?:11|3-4-4|3-8)$/.test(shape)) return phone
  if (
    /^0[1-9]\d{8}$/.test(digits) &&
    /^(?:2-4-4|3-3-4|2-3-5)$/.test(shape) &&
    only(gaps, GAP.dash | GAP.bracket | GAP.blank) &&
    gaps & (GAP.dash | GAP.bracket)
  )
    return phone
  return bracket && gaps & GAP.bracket && /^[2-9]\d\d[2-9]/.test(digits) && shape === '3-3-4' ? phone : null
}

/** A number with its country code, after a plus sign or two zeros. */
function abroad({ digits, lengths, gaps, plus, lookUp }: NumberWindow): Found | null {
  if (!only(gaps, GAP.blank | GAP.dash | GAP.bracket | (plus ? GAP.dot | GAP.slash : 0))) return null
  const number = plus ? digits : digits.startsWith('00') && (lengths[0] ?? 0) >= 3 ? digits.slice(2) : null
  if (number === null || number.length < 7 || number.length > 15 || number.startsWith('0')) return null
  // Past the look-up limit of a text, the next one is assumed to be a number.
  const parsed = lookUp() ? parsePhoneNumberFromString(`+${number}`) : null
  if (parsed === undefined || (parsed && !parsed.isValid() && !(lengths.length >= 2 && number.length >= 10 && parsed.isPossible())))
    return null
  return { kind: 'phone', mask: lastFour(number) }
}

function identity({ digits, lengths, thenX, word, decimals }: NumberWindow): Found | null {
  if (decimals) return null
  if (digits.length === 17 && thenX) {
    const card = `${digits}X`
    if (!looksLikeIdentity(card)) return null
    return { kind: 'identity', mask: `${digits.slice(0, 1)}****X`, withX: true }
  }
  if (digits.length === 18 && looksLikeIdentity(digits) && (isIdentityChecked(digits) || lengths.length <= 5))
    return { kind: 'identity', mask: `${digits.slice(0, 1)}****${digits.slice(-1)}` }
  if (
    digits.length === 15 &&
    looksLikeOldIdentity(digits) &&
    (lengths.length === 1 || /^(?:6-6-3|3-3-6-3|6-2-2-2-3)$/.test(lengths.join('-')))
  )
    return { kind: 'identity', mask: `${digits.slice(0, 1)}****${digits.slice(-1)}` }
  return word === 'identity' && digits.length >= 15 && digits.length <= 18
    ? { kind: 'identity', mask: `${digits.slice(0, 1)}****${digits.slice(-1)}` }
    : null
}

const CARD_SHAPE =
  /^(?:1[3-9]|4-4-4-4(?:-[1-4]|-1-1|-2-1|-1-2)?|4-4-4-[5-7]|6-(?:9|1[0-3])|4-6-[45]|4-1[0-5]|8-8|8-1[01]|4-4-8|4-8-4|8-4-4|6-6-[4-7]|4-4-4-3|3-3-3-3-4|3-4-4-5|6-4-4-[2-5]|5-5-5-[1-4]|(?:1-){12,18}1|6-4-6|6-5-5|4-12|6-8-5|19|(?:2-){7,8}[123])$/

/** A bank card: by the issuer's prefix, by grouping, and by its check digit. */
function bankCard({ digits, lengths, word, decimals, gaps }: NumberWindow): Found | null {
  if (gaps & GAP.colon) return null
  if (digits.length < 13 || decimals || !CARD_SHAPE.test(lengths.join('-')))
    return word === 'card' && digits.length >= 12 ? { kind: 'card', mask: lastFour(digits) } : null
  const checked = isLuhn(digits)
  const union = digits.startsWith('62') && digits.length >= 16
  const issued =
    /^(?:4\d{15}|4\d{12}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]|7[01])\d{13,14}|35\d{14}|3[47]\d{13}|9558\d{15}|3(?:0[0-5]|[68]\d)\d{11,13}|6(?:011|5)\d{12,13}|(?:43|45|52|60|69|68|84|87|95|94|99|56|58|50|49|40|55|53)\d{14,17})$/.test(
      digits,
    )
  if (word === 'card' || union) return { kind: 'card', mask: lastFour(digits) }
  return checked && issued && digits.length >= 14 && !(digits.length === 14 && isBarCode(digits))
    ? { kind: 'card', mask: lastFour(digits) }
    : null
}

const COURIER = /^(?:SF|YT|JT|JD|ZTO|STO|YD|ST|ZT|DPK|EMS|JDVA|JDVB|JDV)$/i

/** An order or a parcel: named as one, or a run of digits long enough to be an identifier of some kind. */
function order({ digits, lengths, word, decimals, lettersBefore, lettersAfter, gaps }: NumberWindow): Found | null {
  const found: Found = { kind: 'order', mask: lastFour(digits) }
  if (
    word === 'order' &&
    digits.length >= 10 &&
    only(gaps, GAP.blank | GAP.dash) &&
    !(lengths[0] === 4 && lengths.length > 2 && lengths[1] === 2) &&
    !(lengths.length > 1 && digits.length < 12)
  )
    return found
  if (lengths.length > 1 || decimals) return null
  if (COURIER.test(lettersBefore) && digits.length >= 12) return found
  if (lettersBefore !== '' || lettersAfter || digits.length < 15) return null
  return isWrittenMoment(digits) || isEpoch(digits) || /^(.)\1+$/.test(digits) ? null : found
}

/** Numbers without an area code, or messenger accounts, where the preceding word names the kind. */
function named({ digits, lengths, word, gaps, lettersBefore }: NumberWindow): Found | null {
  const shape = lengths.join('-')
  if (word === 'phone' && !/^(?:400|800)/.test(digits) && only(gaps, GAP.blank | GAP.dash)) {
    if (/^[2-9]/.test(digits) && /^(?:8|7|4-4|3-4)$/.test(shape)) return { kind: 'phone', mask: lastFour(digits) }
    if (
      digits.length >= 10 &&
      digits.length <= 15 &&
      shape !== '5-5' &&
      !isWrittenMoment(digits) &&
      !/^(?:19|20)\d\d-?/.test(lengths[0] === 4 ? digits : '')
    )
      return { kind: 'phone', mask: lastFour(digits) }
  }
  if (word === 'account' && lettersBefore === '' && lengths.length === 1 && /^[1-9]\d{4,10}$/.test(digits))
    return { kind: 'account', mask: lastFew(digits) }
  return word === 'paper' && lengths.length === 1 && digits.length >= 7 && digits.length <= 10
    ? { kind: 'paper', mask: lastFour(digits) }
    : null
}

/** Chinese numerals are used only for telephones and identity cards; elsewhere they are counts. */
const HAN_FORMS = [identity, mobile, landline]
const FORMS = [identity, mobile, landline, neighbours, abroad, bankCard, order, named]

/** The kind of a number that identifies a person by its form. */
export function findForm(window: NumberWindow): Found | null {
  for (const form of window.han ? HAN_FORMS : FORMS) {
    const found = form(window)
    if (found) return found
  }
  return null
}
