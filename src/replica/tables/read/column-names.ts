const MAX_NAME_LENGTH = 200

/**
 * Makes column names from a header row: trimmed, on one line, never empty, unique.
 * A nameless third column becomes `column-3` (screens translate it), a second `topic` becomes `topic (2)`.
 */
export function nameColumns(header: readonly string[]): string[] {
  const taken = new Set<string>()
  return header.map((raw, index) => {
    const name =
      raw
        .replaceAll(/[\s\u0000\uFEFF]+/gu, ' ')
        .trim()
        .slice(0, MAX_NAME_LENGTH)
        .toWellFormed() || `column-${index + 1}`
    let unique = name
    for (let copy = 2; taken.has(unique); copy += 1) unique = `${name} (${copy})`
    taken.add(unique)
    return unique
  })
}
