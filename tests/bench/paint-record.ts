/** These functions run inside the page. */

type PaintRecord = { clicks: { name: string; wait: number; work: number; duration: number }[] }

/** Records clicks and keys from the Event Timing API: input delay, processing, and delay until the next paint (in steps of 8 ms). */
export function recordClicks(): void {
  const record: PaintRecord = { clicks: [] }
  Object.assign(window, { paintRecord: record })
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[]) {
      if (entry.interactionId === 0) continue
      record.clicks.push({
        name: entry.name,
        wait: entry.processingStart - entry.startTime,
        work: entry.processingEnd - entry.processingStart,
        duration: entry.duration,
      })
    }
  })
  // By default only events from 104 ms are reported; 16 ms is the allowed minimum.
  observer.observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
}

/** Returns what was recorded since the last call; a response within 16 ms is not reported at all. */
export function takeClicks(): PaintRecord['clicks'] {
  const record = (window as unknown as { paintRecord: PaintRecord }).paintRecord
  return record.clicks.splice(0)
}

/**
 * Waits until a text is in the page and has been painted.
 * @returns milliseconds since 1970, with fractions, of the frame after the one that showed it
 */
export function whenPainted(text: string): Promise<number> {
  return new Promise((resolve) => {
    const shown = () => document.querySelector('main')?.textContent?.includes(text) === true
    const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())))
    const observer = new MutationObserver(look)
    function look(): void {
      if (!shown()) return
      observer.disconnect()
      painted()
    }
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    look()
  })
}
