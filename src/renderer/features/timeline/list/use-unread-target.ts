import { useCallback, useEffect, useRef, type RefObject } from 'react'

type Target = { index: number; align: 'auto' | 'start' | 'center' }

/**
 * A row that the list has scrolled to before its page was read. The rows around it have estimated heights until then, and push the
 * target off the screen when they get their own; so the list scrolls to it once more. Whoever scrolls by hand drops the target.
 * @param isRead whether the row's page is there
 * @returns notes a target; one whose page is there needs nothing
 */
export function useUnreadTarget(
  scrollRef: RefObject<HTMLElement | null>,
  isRead: (index: number) => boolean,
  scrollTo: (target: Target) => void,
): (target: Target) => void {
  const target = useRef<Target | null>(null)
  useEffect(() => {
    const list = scrollRef.current
    const drop = () => {
      target.current = null
    }
    list?.addEventListener('wheel', drop, { passive: true })
    list?.addEventListener('pointerdown', drop)
    return () => {
      list?.removeEventListener('wheel', drop)
      list?.removeEventListener('pointerdown', drop)
    }
  }, [scrollRef])
  useEffect(() => {
    const waiting = target.current
    if (waiting === null || !isRead(waiting.index)) return
    target.current = null
    scrollTo(waiting)
  })
  return useCallback(
    (next) => {
      target.current = isRead(next.index) ? null : next
    },
    [isRead],
  )
}
