/** A fingerprint in groups of two bytes for reading aloud, each with its index. */
export function fingerprintGroups(fingerprint: string): { place: number; text: string }[] {
  const groups =
    fingerprint
      .replaceAll(/[^0-9a-f]/giu, '')
      .toUpperCase()
      .match(/.{1,4}/gu) ?? []
  return groups.map((text, place) => ({ place, text }))
}
