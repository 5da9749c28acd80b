const MAX_LENGTH = 31

/** Makes sheet names that Excel accepts: at most 31 characters, none of `[ ] : * ? / \`, no quote at either end, not empty, unique. */
export function nameSheets(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((name, index) => {
    const fit = name
      .toWellFormed()
      .replaceAll(/[[\]:*?/\\\u0000-\u001F\uFFFE\uFFFF]+/gu, ' ')
      .trim()
      .replaceAll(/^'+|'+$/gu, '')
    const base = fit || `Sheet${index + 1}`
    let unique = base.slice(0, MAX_LENGTH).toWellFormed()
    for (let copy = 2; taken.has(unique.toLowerCase()); copy += 1) {
      const ending = ` (${copy})`
      unique = `${base.slice(0, MAX_LENGTH - ending.length).toWellFormed()}${ending}`
    }
    taken.add(unique.toLowerCase())
    return unique
  })
}
