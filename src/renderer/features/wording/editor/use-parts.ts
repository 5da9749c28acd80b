import type { DraftList } from '#domain/wording/draft-document.ts'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import * as Y from 'yjs'
import { partsOf, type DraftPart } from './draft-parts.ts'

/** The parts of a list of the draft; renders again when parts come, go, move or change a value, but not when somebody types. */
export function useParts(doc: Y.Doc, list: DraftList): readonly DraftPart[] {
  const kept = useRef<{ doc: Y.Doc; parts: readonly DraftPart[] } | null>(null)
  const subscribe = useCallback(
    (onChange: () => void) => {
      const onEvents = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
        if (events.every(({ target }) => target instanceof Y.Text)) return
        kept.current = null
        onChange()
      }
      const map = doc.getMap(list)
      map.observeDeep(onEvents)
      return () => map.unobserveDeep(onEvents)
    },
    [doc, list],
  )
  return useSyncExternalStore(subscribe, () => {
    if (kept.current?.doc !== doc) kept.current = { doc, parts: partsOf(doc, list) }
    return kept.current.parts
  })
}
