/**
 * Stored values may be invalid for this version. One value that cannot be put into words must not fail the whole file;
 * `spare` gives the replacement.
 */
export function readOr<Worded>(read: () => Worded, spare: () => Worded): Worded {
  try {
    return read()
  } catch {
    return spare()
  }
}
