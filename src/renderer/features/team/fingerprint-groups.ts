/** A fingerprint in groups of two bytes, as it is read aloud, each with its place. */
export function fingerprintGroups(fingerprint: string): { place: number; text: string }[] {
  const groups =
    fingerprint
      .replaceAll(/[^0-9a-f]/giu, '')
      .toUpperCase()
      .match(/.{1,4}/gu) ?? []
  return groups.map((text, place) => ({ place, text }))
}
