import type { OpenStream } from './live-link.ts'

const EVENTS = ['state', 'change', 'nudge', 'beat', 'crowded', 'ended'] as const

/** The stream of the hub through the browser's EventSource, which connects again by itself as long as the hub accepts it. */
export const openEventStream: OpenStream = (version, onEvent, onClosed) => {
  const source = new EventSource(`api/stream?version=${encodeURIComponent(version)}`)
  for (const name of EVENTS) source.addEventListener(name, ({ data }: MessageEvent<string>) => onEvent(data))
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) onClosed()
  })
  return source
}
