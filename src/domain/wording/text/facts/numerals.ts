const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const TENS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

const ENGLISH: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fourteen: 14,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
}

/** The value of a Chinese numeral below ten thousand (十五, 三百二十, 二〇二六), of an English one that is common with units,, or of digits with thousands separators; NaN if it is none. */
export function numeralValue(numeral: string): number {
  if (/^[a-z]/iu.test(numeral)) return ENGLISH[numeral.toLowerCase()] ?? Number.NaN
  if (/^\d/u.test(numeral)) return Number(numeral.replaceAll(',', ''))
  if (!/[十百千]/u.test(numeral)) return Number([...numeral].map((sign) => DIGITS[sign] ?? 'x').join(''))
  let sum = 0
  let digit = 0
  for (const sign of numeral) {
    const ten = TENS[sign]
    if (ten === undefined) digit = DIGITS[sign] ?? Number.NaN
    else {
      sum += (digit === 0 ? 1 : digit) * ten
      digit = 0
    }
  }
  return sum + digit
}
