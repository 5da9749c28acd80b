/** What a page recorded about its frames. Milliseconds. */
export type FrameRecord = { frames: number[]; tasks: number[]; bare: number }

/** These functions run inside the page. */

/** Records the time between frames, tasks over 50 ms (from the Long Tasks API), and frames that show rows without their text. */
export function recordFrames(): void {
  const record: FrameRecord = { frames: [], tasks: [], bare: 0 }
  Object.assign(window, { frameRecord: record })
  new PerformanceObserver((list) => record.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
  let last = performance.now()
  const onFrame = (now: number) => {
    record.frames.push(now - last)
    last = now
    const list = document.querySelector('[data-testid="timeline-scroll"]')
    const middle = list?.getBoundingClientRect()
    const row = middle
      ? document.elementFromPoint(middle.left + middle.width / 2, middle.top + middle.height / 2)?.closest('[role="article"]')
      : null
    if (list && (!row || row.textContent === '')) record.bare += 1
    requestAnimationFrame(onFrame)
  }
  requestAnimationFrame(onFrame)
}

/** Returns what was recorded since the last call, and starts again. */
export function takeFrames(): FrameRecord {
  const record = (window as unknown as { frameRecord: FrameRecord }).frameRecord
  const taken = { ...record }
  Object.assign(record, { frames: [], tasks: [], bare: 0 })
  return taken
}

/** Moves the list from one end to the other and back, like dragging the scroll bar. */
export function dragThrough(durationMs: number): Promise<void> {
  const list = document.querySelector('[data-testid="timeline-scroll"]')
  if (!list) throw new Error('There is no list')
  const length = list.scrollHeight - list.clientHeight
  const from = performance.now()
  return new Promise((resolve) => {
    const onFrame = (now: number) => {
      const share = Math.min(1, Math.max(0, (now - from) / durationMs))
      list.scrollTop = length * (share < 0.5 ? share * 2 : 2 - share * 2)
      if (share < 1) requestAnimationFrame(onFrame)
      else resolve()
    }
    requestAnimationFrame(onFrame)
  })
}

/** Jumps to a distant position a few times a second. */
export async function jumpAround(durationMs: number): Promise<void> {
  const list = document.querySelector('[data-testid="timeline-scroll"]')
  if (!list) throw new Error('There is no list')
  const until = performance.now() + durationMs
  let place = 0.1
  while (performance.now() < until) {
    place = (place * 3.7 * (1 - place)) % 1
    list.scrollTop = (list.scrollHeight - list.clientHeight) * place
    await new Promise<void>((resolve) => void setTimeout(resolve, 250))
  }
}
