import { AroundMark, useAttention, usePeopleAround } from '#features/team'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Tabs } from '@mantine/core'
import { lazy, Suspense, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { EntryDetail } from '../entry/EntryDetail.tsx'
import { RoomSummary } from './RoomSummary.tsx'
import { useRoom, type EntryIntent } from './room-context.ts'
import { SIDE_TABS, sideTabOf, type SideTab } from './side-tabs.ts'
import styles from './SidePanel.module.css'

// Tasks, charts and people are loaded when they are first looked at: the room itself opens without them.
const TasksPanel = lazy(async () => ({ default: (await import('#features/tasks')).TasksPanel }))
const RiskPanel = lazy(async () => ({ default: (await import('#features/risk')).RiskPanel }))
const PeoplePanel = lazy(async () => ({ default: (await import('#features/people')).PeoplePanel }))

/** What stands beside the timeline: the state at a glance, tasks, risk, people, or the entry that is open. */
export function SidePanel({ intent, onIntentDone }: { intent: EntryIntent; onIntentDone: () => void }) {
  const { t } = useTranslation('timeline')
  const [address, setAddress] = useSearchParams()
  const { incident, openEntryId } = useRoom()
  const shown = sideTabOf(address)
  const around = usePeopleAround(incident.id)
  useAttention(shown, shown === 'entry' ? openEntryId : null)

  const choose = (tab: SideTab) =>
    setAddress(
      (now) => {
        const next = new URLSearchParams(now)
        next.set('side', tab)
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
    entry:
      openEntryId === null ? (
        <p className={styles['hint']}>{t('summary.hint')}</p>
      ) : (
        <EntryDetail entryId={openEntryId} intent={intent} onIntentDone={onIntentDone} />
      ),
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
          <Tabs.Tab key={tab} value={tab}>
            {t(`side.${tab}`)}
            <AroundMark people={around.byTab.get(tab)} at="tab" />
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {SIDE_TABS.map((tab) => (
        <Tabs.Panel key={tab} value={tab} tabIndex={-1}>
          <Guarded of={`${tab} ${openEntryId} ${incident.id}`}>
            <Suspense fallback={<p className={styles['hint']}>{t('list.loading')}</p>}>{content[tab]}</Suspense>
          </Guarded>
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
