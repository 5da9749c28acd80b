/** Types that an image element decodes as pixels without running anything. SVG is a document, so it is excluded. */
const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

export function isPicture(mime: string): boolean {
  return PICTURE_TYPES.includes(mime)
}
