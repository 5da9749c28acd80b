import { useRoom } from '#features/room'
import { AroundMark, useFocus, usePeopleAround } from '#features/team'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Tabs } from '@mantine/core'
import { lazy, Suspense, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { EntryDetail } from '../entry/EntryDetail.tsx'
import { RoomSummary } from './RoomSummary.tsx'
import { SIDE_TABS, sideTabOf, type SideTab } from './side-tabs.ts'
import styles from './SidePanel.module.css'

// Tasks, charts and people are loaded lazily, so that the page opens without them.
const TasksPanel = lazy(async () => ({ default: (await import('#features/tasks')).TasksPanel }))
const RiskPanel = lazy(async () => ({ default: (await import('#features/risk')).RiskPanel }))
const PeoplePanel = lazy(async () => ({ default: (await import('#features/people')).PeoplePanel }))

/** The panel beside the timeline: overview, tasks, risk, people; an open entry covers them. */
export function SidePanel() {
  const { t } = useTranslation('timeline')
  const [address, setAddress] = useSearchParams()
  const { incident, openEntryId, intent, intentDone } = useRoom()
  const shown = sideTabOf(address)
  const around = usePeopleAround(incident.id)
  useFocus(openEntryId === null ? shown : 'entry', openEntryId)

  const choose = (tab: SideTab) =>
    setAddress(
      (now) => {
        const next = new URLSearchParams(now)
        next.set('side', tab)
        // Close the entry, so that it does not cover the selected tab.
        next.delete('entry')
        return next
      },
      { replace: true },
    )
  const section = t('room.side')
  useCommands(
    SIDE_TABS.map((tab, index) => ({
      id: `room.side-${tab}`,
      section,
      label: t(`side.${tab}`),
      shortcut: String(index + 1),
      run: () => choose(tab),
    })),
  )

  const content: Record<SideTab, ReactNode> = {
    overview: <RoomSummary onShow={choose} />,
    tasks: <TasksPanel incident={incident} />,
    risk: <RiskPanel incident={incident} />,
    people: <PeoplePanel incident={incident} />,
  }
  return (
    <Tabs
      className={styles['panel'] ?? ''}
      classNames={{ list: styles['tabs'] ?? '', tab: styles['tab'] ?? '', panel: styles['content'] ?? '' }}
      value={shown}
      onChange={(value) => choose(SIDE_TABS.find((tab) => tab === value) ?? 'overview')}
      keepMounted={false}
    >
      <Tabs.List aria-label={section}>
        {SIDE_TABS.map((tab) => (
          <Tabs.Tab key={tab} value={tab} {...(tab === shown ? { onClick: () => choose(tab) } : {})}>
            {t(`side.${tab}`)}
            <AroundMark people={around.byTab.get(tab)} at="tab" />
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <div className={styles['body']}>
        {SIDE_TABS.map((tab) => (
          <Tabs.Panel key={tab} value={tab} tabIndex={-1} inert={openEntryId !== null}>
            <Guarded of={`${tab} ${incident.id}`}>
              <Suspense fallback={<p className={styles['hint']}>{t('list.loading')}</p>}>{content[tab]}</Suspense>
            </Guarded>
          </Tabs.Panel>
        ))}
        {openEntryId !== null && (
          <div className={styles['drawer']}>
            <Guarded of={openEntryId}>
              <EntryDetail entryId={openEntryId} intent={intent} onIntentDone={intentDone} />
            </Guarded>
          </div>
        )}
      </div>
    </Tabs>
  )
}
