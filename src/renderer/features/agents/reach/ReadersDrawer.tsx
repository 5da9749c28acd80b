import { useRead } from '#client/use-read.ts'
import { STANDINGS, type ReaderRow, type Standing } from '#contract/agents-api.ts'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Drawer, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGroups } from '../use-groups.ts'
import classes from './Reach.module.css'

export type ReadersOf = { wordingId: string; title: string; groupId: string | null; standing: Standing | null }

const LIVE_MS = 3000
const ROW_HEIGHT = 52

/** The persons whom a text reaches: who has confirmed which version, and who was last seen when. */
export function ReadersDrawer({ of, onClose }: { of: ReadersOf; onClose: () => void }) {
  const { t } = useTranslation('agents')
  const { nameOf } = useGroups()
  const { wordingId, title, groupId } = of
  const [standing, setStanding] = useState(of.standing)
  const [filter, setFilter] = useState('')
  const sought = useDeferredValue(filter)
  const { data, failure, readAgain } = useRead('agents.readers', { wordingId, groupId, standing }, { every: LIVE_MS, keep: true })
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = (data ?? []).filter(({ number, name, vendor, groups }) => {
    const text = [number, name, vendor ?? '', ...groups.map(nameOf)].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={groupId === null ? title : t('readers.ofGroup', { title, group: nameOf(groupId) })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <div className={classes['drawer']}>
        <SegmentedControl
          size="xs"
          aria-label={t('readers.standing')}
          value={standing ?? ''}
          onChange={(value) => setStanding(STANDINGS.find((one) => one === value) ?? null)}
          data={[{ value: '', label: t('readers.all') }, ...STANDINGS.map((one) => ({ value: one, label: t(`standing.${one}`) }))]}
        />
        <TextInput
          size="xs"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          placeholder={t('agents.search')}
          aria-label={t('agents.search')}
          maxLength={100}
        />
        {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
        {data && <p className={classes['soft']}>{t('agents.found', { count: shown.length })}</p>}
        <ReaderList readers={shown} nameOf={nameOf} />
      </div>
    </Drawer>
  )
}

function ReaderList({ readers, nameOf }: { readers: readonly ReaderRow[]; nameOf: (groupId: string) => string }) {
  const { t } = useTranslation('agents')
  const scroller = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- the React Compiler, which this warns for, is not in use
  const rows = useVirtualizer({
    count: readers.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  })
  return (
    <div ref={scroller} className={classes['readers']} tabIndex={0} role="region" aria-label={t('readers.list')}>
      <ul style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const reader = readers[index]
          return (
            reader && (
              <li key={reader.agentId} style={{ transform: `translateY(${start}px)` }}>
                <b>
                  {reader.name} <span className={classes['soft']}>{reader.number}</span>
                </b>
                <span data-part={reader.standing}>
                  <Confirmed reader={reader} />
                </span>
                <span className={classes['soft']}>{[reader.vendor ?? t('groups.own'), ...reader.groups.map(nameOf)].join(' · ')}</span>
                <span className={classes['soft']}>
                  <Seen reader={reader} />
                </span>
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

function Confirmed({ reader: { standing, confirmedAt, confirmedNumber } }: { reader: ReaderRow }) {
  const { t } = useTranslation('agents')
  if (standing === 'outstanding' || confirmedAt === null) return t('standing.outstanding')
  return (
    <>
      {standing === 'current' ? t('standing.current') : t('readers.stale', { number: confirmedNumber ?? 0 })} · <Age at={confirmedAt} />
    </>
  )
}

function Seen({ reader: { online, shownAt, lastSeenAt } }: { reader: ReaderRow }) {
  const { t } = useTranslation('agents')
  const where = online ? t('agents.online') : lastSeenAt === null ? t('agents.never') : null
  return (
    <>
      {where ?? (lastSeenAt !== null && <Age at={lastSeenAt} />)}
      {lastSeenAt !== null && ` · ${t(shownAt === null ? 'readers.notShown' : 'readers.shown')}`}
    </>
  )
}
