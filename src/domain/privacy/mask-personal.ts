/** A place in a text that identifies a person: [from, to) in the text, and what is shown instead. */
export type PersonalSpot = { from: number; to: number; mask: string }

const digitsOf = (found: string): string => found.replaceAll(/\D/g, '')
const lastFour = (found: string): string => `****${digitsOf(found).slice(-4)}`

const lettersOf = (found: string): string => `${found.slice(0, 1)}***${found.slice(found.lastIndexOf('@'))}`
/** The mask of what is personal only together with what stands beside it. */
const maskJoined = (found: string): string => (/\d/.test(found) ? lastFour(found) : lettersOf(found))

type Form = { form: RegExp; mask(found: string): string; card: boolean }

/** What identifies a person and can be known by its form, most specific first; `card`: an identity or bank card. */
const FORMS: readonly Form[] = [
  // E-mail: the first letter and the domain stay, so that the team still knows whose side it is.
  { form: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, mask: lettersOf, card: false },
  // Identity card of the mainland: 18 signs, the last may be X. Its first and last sign stay.
  { form: /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g, mask: (found) => `${found.slice(0, 1)}****${found.slice(-1)}`, card: true },
  // Mobile number of the mainland, with or without country code, in groups or not.
  {
    form: /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}[- ]?\d{4}|\.\d{4}\.\d{4})(?!\d)/g,
    mask: (found) => digitsOf(found).slice(-11).replace(/^(\d{3})\d{4}/, '$1****'),
    card: false,
  },
  // Bank card: a run of 16 to 19 digits, grouped in fours or not.
  { form: /(?<!\d)(?:\d{4}[ -]){3,4}\d{1,4}(?!\d)|(?<!\d)\d{16,19}(?!\d)/g, mask: lastFour, card: true },
  // Order, parcel or an older identity card: any other run of twelve digits or more.
  { form: /(?<!\d)\d{12,}(?!\d)/g, mask: lastFour, card: false },
  // Landline with its area code.
  { form: /(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)/g, mask: lastFour, card: false },
]

/** An address, or nine digits with at most one sign between two of them. */
const MAYBE = /[@＠]|[\d０-９](?:[^\d０-９]?[\d０-９]){8}/

/** False for a text that certainly holds nothing personal by its form; said of most texts at little cost. */
export function mayBePersonal(text: string): boolean {
  return text.length > 4 && MAYBE.test(text)
}

/** Full-width signs, the spaces and the dashes of other keyboards, each as the sign it stands for: one for one, so that places stay. */
function plainSigns(text: string): string {
  return text.replaceAll(/[０-９＠－Ｘｘ‐-―\u00a0\u3000\t]/gu, (sign) => {
    if (sign >= '０' && sign <= '９') return String(sign.charCodeAt(0) - 0xff10)
    if (sign === '＠') return '@'
    if (sign === 'Ｘ' || sign === 'ｘ') return 'X'
    return sign === '\u00a0' || sign === '\u3000' || sign === '\t' ? ' ' : '-'
  })
}

function firstSpots(text: string): PersonalSpot[] {
  const spots: PersonalSpot[] = []
  for (const { form, mask } of FORMS) {
    for (const found of text.matchAll(form)) {
      const [from, to] = [found.index, found.index + found[0].length]
      if (!spots.some((spot) => from < spot.to && spot.from < to)) spots.push({ from, to, mask: mask(found[0]) })
    }
  }
  return spots.toSorted((a, b) => a.from - b.from)
}

function replaceSpots(text: string, spots: readonly PersonalSpot[]): string {
  let masked = ''
  let at = 0
  for (const { from, to, mask } of spots) {
    masked += text.slice(at, from) + mask
    at = to
  }
  return masked + text.slice(at)
}

/** The place in the text that a place in its masked form stands for: inside a mask, that mask's beginning or end. */
function placeBefore(spots: readonly PersonalSpot[], place: number, side: 'from' | 'to'): number {
  let shift = 0
  for (const spot of spots) {
    const start = spot.from + shift
    const end = start + spot.mask.length
    if (side === 'from' ? place < start : place <= start) break
    if (side === 'from' ? place < end : place <= end) return spot[side]
    shift += spot.mask.length - (spot.to - spot.from)
  }
  return place - shift
}

/** The place in a masked text that a place in the text itself has become: inside a number, its mask's beginning or end. */
export function placeInMasked(spots: readonly PersonalSpot[], place: number, side: 'from' | 'to'): number {
  let shift = 0
  for (const spot of spots) {
    if (side === 'from' ? place < spot.from : place <= spot.from) break
    const start = spot.from + shift
    if (side === 'from' ? place < spot.to : place <= spot.to) return side === 'from' ? start : start + spot.mask.length
    shift += spot.mask.length - (spot.to - spot.from)
  }
  return place + shift
}

/**
 * Where a text identifies a person by a form known here, in order and apart from each other (LI-03). What is left of a mask
 * may make up another form with what stands beside it; that counts as one with it, so that no form is left behind.
 */
export function personalSpots(text: string): PersonalSpot[] {
  if (!mayBePersonal(text)) return []
  const plain = plainSigns(text)
  let spots = firstSpots(plain)
  for (;;) {
    const [left] = firstSpots(replaceSpots(plain, spots))
    if (!left) return spots
    const [from, to] = [placeBefore(spots, left.from, 'from'), placeBefore(spots, left.to, 'to')]
    const apart = spots.filter((spot) => spot.to <= from || to <= spot.from)
    spots = [...apart, { from, to, mask: maskJoined(plain.slice(from, to)) }].toSorted((a, b) => a.from - b.from)
  }
}

/**
 * A text for a screen that anybody in the room can read: numbers and addresses that identify a person are masked
 * (LI-03, R1). Names cannot be told from other words and stay: who writes for others leaves them out.
 */
export function maskPersonal(text: string): string {
  const spots = personalSpots(text)
  return spots.length === 0 ? text : replaceSpots(text, spots)
}

/** Whether a text holds a number of an identity card or a bank card, which hardly ever has to stand in a log (R8). */
export function holdsCardNumber(text: string): boolean {
  if (!mayBePersonal(text)) return false
  const plain = plainSigns(text)
  return FORMS.some(({ form, card }) => card && plain.search(form) >= 0)
}

/** The masks of {@link maskPersonal}, as they stand in a text; who typed the like by hand cannot be told apart. */
export const MASK = /(?<![\d*])\d{0,3}\*{4}[\dXx]{1,4}(?![\d*])|[\w.+-]\*{3}@[\w-]+(?:\.[\w-]+)+/g
