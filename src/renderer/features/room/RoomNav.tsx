import { usePermit } from '#features/permissions'
import { AroundMark, usePeopleAround } from '#features/team'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { SubNav } from '#ui/SubNav.tsx'
import { useTranslation } from 'react-i18next'
import { useLocation, useMatch, useNavigate } from 'react-router'
import { useRoom } from './room-context.ts'
import { ROOM_TABS, roomAddress } from './room-tabs.ts'

/** The tabs of an incident and their shortcuts. On the timeline the number keys belong to its side panel. */
export function RoomNav() {
  const { t } = useTranslation('room')
  const navigate = useNavigate()
  const { incident } = useRoom()
  const importBarred = usePermit('import.write', { incident })
  const { pathname } = useLocation()
  const onTimeline = useMatch('/incidents/:incidentId') !== null
  const around = usePeopleAround(incident.id)
  const section = t('label')
  const go = (path: string) => void navigate(roomAddress(incident.id, path))
  // From a page that is not listed, such as the import, the next one is the first tab.
  const goBy = (by: 1 | -1) => {
    const now = ROOM_TABS.findIndex(({ path }) => roomAddress(incident.id, path) === pathname)
    const next = now < 0 ? ROOM_TABS[0] : ROOM_TABS[(now + by + ROOM_TABS.length) % ROOM_TABS.length]
    if (next) go(next.path)
  }
  useCommands([
    { id: 'room.next-page', section, label: t('next'), shortcut: ']', run: () => goBy(1) },
    { id: 'room.previous-page', section, label: t('previous'), shortcut: '[', run: () => goBy(-1) },
    ...ROOM_TABS.map(({ id, path }, index) => ({
      id: `room.page-${id}`,
      section,
      label: t('go', { page: t(`tab.${id}`) }),
      keywords: `go ${id} 前往`,
      ...(onTimeline ? {} : { shortcut: String(index + 1) }),
      run: () => go(path),
    })),
    {
      id: 'timeline.import',
      section,
      label: t('timeline:summary.import'),
      shortcut: 'I',
      disabled: importBarred !== null,
      run: () => go('/import'),
    },
    {
      id: 'timeline.print',
      section,
      label: t('timeline:keys.print'),
      shortcut: 'mod+P',
      run: () => void navigate(`/print/${incident.id}`),
    },
    {
      id: 'personal.reveals',
      section: t('personal:section'),
      label: t('personal:open'),
      keywords: 'personal audit 个人信息 谁看过',
      run: () => go('/reveals'),
    },
  ])
  return (
    <SubNav
      label={section}
      items={ROOM_TABS.map(({ id, path }) => ({
        id,
        path: roomAddress(incident.id, path),
        label: t(`tab.${id}`),
        exact: id === 'timeline',
        aside: <AroundMark people={around.byTab.get(id === 'timeline' ? 'entry' : id)} at="tab" />,
      }))}
    />
  )
}
