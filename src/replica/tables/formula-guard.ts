/**
 * A spreadsheet runs a CSV cell as a formula if it begins with one of = + - @, or with a tab, line break or NUL, which it drops
 * first (ASVS 1.2.10). Some programs fold full-width signs to the plain ones, and others drop blanks and invisible characters
 * before the sign, so these count too.
 */
const RUNS = /^'*(?:[\t\r\n\0]|[\s\u200B-\u200F\u2060\uFEFF]*[=+\-@＝＋－＠])/u
const GUARDED = /^'+(?:[\t\r\n\0]|[\s\u200B-\u200F\u2060\uFEFF]*[=+\-@＝＋－＠])/u

/** Puts a single quote before text that a spreadsheet would run. `unguardText` restores exactly the original, for any text. */
export function guardText(text: string): string {
  return RUNS.test(text) ? `'${text}` : text
}

/** Removes the quote of `guardText`; text without it stays as it is. */
export function unguardText(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text
}
