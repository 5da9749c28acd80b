const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'
const REGION = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)/

function isDate(month: string, day: string): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
}

/** Whether 18 characters, the last a digit or X, look like a mainland identity card: by region and date of birth. */
export function looksLikeIdentity(card: string): boolean {
  return (
    REGION.test(card) &&
    /^(?:18|19|20)/.test(card.slice(6)) &&
    Number(card.slice(6, 10)) <= 2030 &&
    isDate(card.slice(10, 12), card.slice(12, 14))
  )
}

/** Whether the last character of an identity card is its correct check digit. */
export function isIdentityChecked(card: string): boolean {
  let sum = 0
  for (let place = 0; place < 17; place += 1) sum += Number(card[place]) * (WEIGHTS[place] ?? 0)
  return CHECKS[sum % 11] === card[17]?.toUpperCase()
}

/** The identity card format before 2000: 15 digits. */
export function looksLikeOldIdentity(digits: string): boolean {
  return REGION.test(digits) && isDate(digits.slice(8, 10), digits.slice(10, 12))
}

/** The Luhn check, as on bank cards. */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const value = Number(digits[digits.length - 1 - place])
    sum += place % 2 === 0 ? value : value > 4 ? value * 2 - 9 : value * 2
  }
  return sum % 10 === 0
}

/** The check digit of a bar code of 8, 12, 13 or 14 digits. */
export function isBarCode(digits: string): boolean {
  if (![8, 12, 13, 14].includes(digits.length)) return false
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) sum += Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 1 : 3)
  return sum % 10 === 0
}

/** Whether digits spell out a date and time: year, month, day, hour and finer units. */
export function isWrittenMoment(digits: string): boolean {
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{3}|\d{6})?)?$/.test(digits)
}

/** Whether digits are a timestamp: milliseconds since 1970 from 2001 on, or micro- or nanoseconds from 2014 on, until 2033. */
export function isEpoch(digits: string): boolean {
  return digits.length === 13 ? digits.startsWith('1') : [16, 19].includes(digits.length) && /^1[4-9]/.test(digits)
}
