const lastFour = (found: string): string => `****${found.replaceAll(/\D/g, '').slice(-4)}`

/** What identifies a person and can be known by its form, most specific first. */
const FORMS: readonly { form: RegExp; mask: (found: string) => string }[] = [
  // E-mail: the first letter and the domain stay, so that the team still knows whose side it is.
  { form: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, mask: (found) => `${found.slice(0, 1)}***${found.slice(found.indexOf('@'))}` },
  // Identity card of the mainland: 18 signs, the last may be X.
  { form: /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g, mask: () => '****' },
  // Mobile number of the mainland, with or without country code, in groups or not.
  { form: /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, mask: lastFour },
  // Bank card, order or parcel: a run of twelve digits or more, grouped in fours or not.
  { form: /(?<!\d)(?:\d{4}[ -]){3,4}\d{1,4}(?!\d)|(?<!\d)\d{12,}(?!\d)/g, mask: lastFour },
  // Landline with its area code.
  { form: /(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)/g, mask: lastFour },
]

/**
 * A text for a screen that anybody in the room can read: numbers and addresses that identify a person are masked
 * (LI-03). Names cannot be told from other words and stay: who writes for others leaves them out.
 */
export function maskPersonal(text: string): string {
  return FORMS.reduce((masked, { form, mask }) => masked.replaceAll(form, mask), text)
}
