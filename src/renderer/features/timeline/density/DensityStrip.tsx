import { useRead } from '#client/use-read.ts'
import type { TimelineBucket, TimelineFilter } from '#contract/timeline-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { isClockOpen } from '#domain/incidents/clocks.ts'
import { ENTRY_KINDS } from '#domain/timeline/entry.ts'
import { useRoom } from '#features/room'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { useNow } from '#ui/time/use-now.ts'
import { Popover, UnstyledButton } from '@mantine/core'
import { useEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { barLength, bucketBeside, bucketOf, placeOf } from './strip-places.ts'
import { useBucketWords } from './use-bucket-words.ts'
import type { Viewport } from './viewport.ts'
import styles from './DensityStrip.module.css'

type DensityStripProps = {
  filter: TimelineFilter
  newestFirst: boolean
  viewport: Viewport
  /** Scrolls the row at this storage index to the top of the list, without moving the focus. */
  onJump(place: number): void
}

const NONE: readonly TimelineBucket[] = []
/** With fewer entries, the list itself is the overview. */
const WORTH_A_STRIP = 8

/**
 * An overview strip beside the list, in the same direction: density, turning points, and missed clocks over the whole incident. A click on
 * a segment scrolls to it.
 */
export function DensityStrip({ filter, newestFirst, viewport, onJump }: DensityStripProps) {
  const { t } = useTranslation('timeline')
  const { incident, zone } = useRoom()
  const now = useNow(MINUTE)
  const density = useRead('timeline.density', { incidentId: incident.id, filter, zone }, { keep: true })
  const buckets = density.data?.buckets ?? NONE
  const shown = useSyncExternalStore(
    viewport.subscribe,
    () => `${bucketOf(buckets, viewport.get().from)} ${bucketOf(buckets, viewport.get().to)}`,
  )
  const [from = -1, to = -1] = shown.split(' ').map(Number)
  const [chosen, setChosen] = useState<number | null>(null)
  const listRef = useRef<HTMLDivElement>(null)
  const words = useBucketWords()

  // A clock becomes overdue without any entry.
  const overdue = incident.clocks.filter((clock) => isClockOpen(clock) && clock.dueAt <= now).length
  const readAgain = useRef(density.readAgain)
  useEffect(() => {
    readAgain.current = density.readAgain
  })
  useEffect(() => {
    if (overdue > 0) readAgain.current()
  }, [overdue])

  const top = newestFirst ? to : from
  const current = chosen !== null && chosen < buckets.length ? chosen : Math.max(0, top)
  const focus = (at: number) => listRef.current?.querySelector<HTMLElement>(`[data-bucket="${at}"]`)?.focus({ preventScroll: true })
  useCommands([
    {
      id: 'timeline.strip',
      section: t('keys.section'),
      label: t('keys.strip'),
      shortcut: 'M',
      disabled: buckets.length === 0,
      run: () => focus(current),
    },
  ])
  if (buckets.reduce((sum, { count }) => sum + count, 0) < WORTH_A_STRIP) return null

  const jump = (at: number) => {
    setChosen(at)
    focus(at)
    const place = placeOf(buckets, at, newestFirst)
    if (place !== null) onJump(place)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const down = newestFirst ? -1 : 1
    const ends = newestFirst ? [buckets.length - 1, 0] : [0, buckets.length - 1]
    if (event.key === 'ArrowDown') jump(bucketBeside(buckets, current, down))
    else if (event.key === 'ArrowUp') jump(bucketBeside(buckets, current, down === 1 ? -1 : 1))
    else if (event.key === 'Home') jump(ends[0] ?? 0)
    else if (event.key === 'End') jump(ends[1] ?? 0)
    else return
    event.preventDefault()
  }
  const onClick = (event: MouseEvent) => {
    const bucket = event.target instanceof Element ? event.target.closest('[data-bucket]') : null
    if (bucket) jump(Number(bucket.getAttribute('data-bucket')))
  }

  const most = Math.max(...buckets.map(({ count }) => count))
  const places = buckets.map((_, at) => at)
  return (
    <div className={styles['column']}>
      <Popover position="left-start" trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton className={styles['what']} title={t('guide.strip')}>
            {t('strip.short')}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('strip.label')}>
          <p className={styles['meaning']} tabIndex={-1} data-autofocus>
            {t('guide.strip')}
          </p>
        </Popover.Dropdown>
      </Popover>
      <div
        ref={listRef}
        className={styles['strip']}
        role="listbox"
        tabIndex={-1}
        aria-label={t('strip.label')}
        aria-orientation="vertical"
        onKeyDown={onKeyDown}
        onClick={onClick}
        onBlur={() => setChosen(null)}
      >
        {(newestFirst ? places.toReversed() : places).map((at) => {
          const bucket = buckets[at]
          if (!bucket) return null
          const name = words(bucket, now)
          return (
            <div
              key={bucket.from}
              className={styles['bucket']}
              role="option"
              data-bucket={at}
              data-folded={bucket.folded ? '' : undefined}
              data-in-view={from >= 0 && to >= 0 && at >= Math.min(from, to) && at <= Math.max(from, to) ? '' : undefined}
              tabIndex={at === current ? 0 : -1}
              aria-selected={at === current}
              aria-label={name}
              title={name}
            >
              <Marks bucket={bucket} />
              <span className={styles['bar']} data-length={barLength(bucket.count, most)} data-part="all" />
              <span className={styles['bar']} data-length={barLength(bucket.shown, most)} data-part="shown" />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Shapes, not colours alone: a square for a decision, a diamond for a turning point, a symbol for a clock. */
function Marks({ bucket }: { bucket: TimelineBucket }) {
  const has = (kind: 'decision' | 'turning-point') => (bucket.kinds[ENTRY_KINDS.indexOf(kind)] ?? 0) > 0
  const clock = bucket.clocks.find(({ mark }) => mark === 'missed') ?? bucket.clocks[0]
  return (
    <>
      {clock && (
        <span className={styles['clock']} data-mark={clock.mark} aria-hidden="true">
          {clock.mark === 'missed' ? '!' : '✔'}
        </span>
      )}
      {has('turning-point') ? <span className={styles['turn']} /> : has('decision') ? <span className={styles['decision']} /> : null}
    </>
  )
}
