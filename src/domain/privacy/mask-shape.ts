const NUMBER = String.raw`(?<![\d*])\d{0,3}\*{4}(?:[\dXx]{1,4}(?![\d*])|[\dA-Z]{2}(?![\w*]))`
const MAIL = String.raw`[\p{L}\p{N}_.+\-]\*{3}@(?:[\w\-]+(?:\.[\w\-]+)+|[\p{Script=Han}\w\-]+(?:\.[\w\-]+)*\.\p{Script=Han}{2,3})`
const ACCOUNT = String.raw`[A-Za-z]\*{6}(?![\w*])`

/** Matches the masks of `maskPersonal` in a text; similar text typed by hand cannot be distinguished. */
export const MASK = new RegExp(`${NUMBER}|${MAIL}|${ACCOUNT}`, 'gu')
