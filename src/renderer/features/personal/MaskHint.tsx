import { lazy, Suspense } from 'react'

const MaskHintWords = lazy(async () => ({ default: (await import('./MaskHintWords.tsx')).MaskHintWords }))

/**
 * Explains what happens to numbers in a text being written (R8): a hint for phone numbers, a warning for card numbers, each listed.
 * @param over the text replaces one that was read masked; the values behind its masks are kept
 */
export function MaskHint({ text, over = false }: { text: string; over?: boolean }) {
  return text.length < 5 ? null : (
    <Suspense fallback={null}>
      <MaskHintWords text={text} over={over} />
    </Suspense>
  )
}
