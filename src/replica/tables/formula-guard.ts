/**
 * A spreadsheet runs a CSV cell as a formula when it begins with one of = + - @ or, after it has dropped them, with a tab,
 * line break or NUL (ASVS 1.2.10). Full-width signs are folded to the plain ones by some programs, and blanks and invisible
 * characters before the sign are dropped by others, so these count too.
 */
const RUNS = /^'*(?:[\t\r\n\0]|[\s\u200B-\u200F\u2060\uFEFF]*[=+\-@＝＋－＠])/u
const GUARDED = /^'+(?:[\t\r\n\0]|[\s\u200B-\u200F\u2060\uFEFF]*[=+\-@＝＋－＠])/u

/** Puts a single quote before text that a spreadsheet would run. `unguardText` gives back exactly what went in, for any text. */
export function guardText(text: string): string {
  return RUNS.test(text) ? `'${text}` : text
}

/** Takes the quote of `guardText` off again; text without it stays as it is. */
export function unguardText(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text
}
