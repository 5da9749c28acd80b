/** The basic characters of GSM 03.38, one unit each, and those that need an escape, two units each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const EXTENDED = new Set('\f^{}\\[~]|€')

export type SmsLength = {
  /** GSM-7 if every character is in its alphabet, else UCS-2. */
  encoding: 'gsm-7' | 'ucs-2'
  /** Units: 7-bit characters (an extended one is two), or 16-bit units. */
  used: number
  /** Units that one message holds, at the present number of messages. */
  perSegment: number
  segments: number
}

/** How many messages hold the characters, if none is divided between two. @param sizes units of each character */
function pack(sizes: readonly number[], perSegment: number): number {
  let segments = 1
  let filled = 0
  for (const size of sizes) {
    if (filled + size > perSegment) {
      segments += 1
      filled = 0
    }
    filled += size
  }
  return segments
}

/** How many short messages a text takes: 160 units or 153 each in GSM-7, 70 or 67 each in UCS-2. An empty text takes none. */
export function smsLength(text: string): SmsLength {
  const characters = Array.from(text)
  const isGsm = characters.every((character) => BASIC.has(character) || EXTENDED.has(character))
  const sizes = characters.map((character) => (isGsm ? (EXTENDED.has(character) ? 2 : 1) : character.length))
  const used = sizes.reduce((sum, size) => sum + size, 0)
  const [alone, joined] = isGsm ? [160, 153] : [70, 67]
  return {
    encoding: isGsm ? 'gsm-7' : 'ucs-2',
    used,
    perSegment: used <= alone ? alone : joined,
    segments: used === 0 ? 0 : used <= alone ? 1 : pack(sizes, joined),
  }
}
