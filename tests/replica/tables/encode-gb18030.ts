/** Encodes text as GB18030, which Node can only decode: two-byte codes by inverting its decoder, the others by the standard's formula. */
export function encodeGb18030(text: string): Buffer {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) bytes.push(code)
    else if (code >= 0x10000) bytes.push(...fourBytes(code - 0x10000 + 189_000))
    else bytes.push(...(twoByteTable().get(character) ?? unencodable(character)))
  }
  return Buffer.from(bytes)
}

function fourBytes(linear: number): number[] {
  return [
    0x81 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  ]
}

function unencodable(character: string): never {
  throw new Error(`${character} needs a GB18030 table that this encoder does not have`)
}

let table: Map<string, number[]> | null = null

function twoByteTable(): Map<string, number[]> {
  if (table !== null) return table
  table = new Map()
  const decoder = new TextDecoder('gb18030')
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if (character.length === 1 && character !== '\uFFFD' && !table.has(character)) table.set(character, [lead, trail])
    }
  }
  return table
}
