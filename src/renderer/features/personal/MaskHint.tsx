import { lazy, Suspense } from 'react'

const MaskHintWords = lazy(async () => ({ default: (await import('./MaskHintWords.tsx')).MaskHintWords }))

/**
 * What becomes of numbers in a text that is being written (R8): quiet for a telephone, a warning for a card, each named.
 * @param over the text stands over one that was read masked: what its masks stand for is kept
 */
export function MaskHint({ text, over = false }: { text: string; over?: boolean }) {
  return text.length < 5 ? null : (
    <Suspense fallback={null}>
      <MaskHintWords text={text} over={over} />
    </Suspense>
  )
}
