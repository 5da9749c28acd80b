/**
 * What was stored is not always what this version would store. One thing that cannot be worded must not take the whole file with it:
 * what stands in its place is given by `spare`.
 */
export function readOr<Worded>(read: () => Worded, spare: () => Worded): Worded {
  try {
    return read()
  } catch {
    return spare()
  }
}
