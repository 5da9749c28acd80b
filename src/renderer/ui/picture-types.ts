/** Types of which a picture element draws pixels and runs nothing; SVG is a document and not among them. */
const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

export function isPicture(mime: string): boolean {
  return PICTURE_TYPES.includes(mime)
}
