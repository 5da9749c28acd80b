import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { isRunning } from '#domain/incidents/incident.ts'
import { inOrderOfUrgency } from '#features/incidents'
import { hitAddress, markedRuns } from '#features/search'
import type { Command } from '#ui/commands/command.ts'
import { workingKeys } from '#ui/commands/command.ts'
import { useCommandList } from '#ui/commands/CommandProvider.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { shownLanguage } from '#ui/shown-language.ts'
import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMatch, useNavigate } from 'react-router'
import classes from './Palette.module.css'

const [store, actions] = createSpotlight()
const SHOWN = 8

/** Selects the first row whenever the set of rows has changed, so that Enter runs it. */
function selectFirst(rows: string): void {
  const list = document.getElementById(store.getState().listId)
  if (!list || list.dataset['rows'] === rows) return
  list.dataset['rows'] = rows
  list.querySelector('[data-selected]')?.removeAttribute('data-selected')
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  store.updateState((state) => ({ ...state, selected: 0 }))
}

function contains(text: string, query: string): boolean {
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word))
}

function findCommands(commands: readonly Command[], query: string): Command[] {
  return commands.filter((command) => !command.hidden && !command.disabled && contains(`${command.label} ${command.keywords ?? ''}`, query))
}

function findIncidents(incidents: readonly IncidentView[], query: string): IncidentView[] {
  return inOrderOfUrgency(incidents.filter((incident) => contains(incident.title, query))).slice(0, SHOWN)
}

/** Commands of an incident page that are offered everywhere; the page runs them once it is open. */
const ROOM_ACTS = [
  { id: 'hand-over', keywords: 'hand over commander 交接 指挥 jiaojie' },
  { id: 'level', keywords: 'level grade 等级 升级 降级 调整等级 改级 gaiji' },
  { id: 'status', keywords: 'status contained resolved close 状态 改状态 控制 解决 关闭' },
  { id: 'export', keywords: 'export file 导出 文件 daochu' },
] as const

type RoomAct = { key: string; act: (typeof ROOM_ACTS)[number]['id']; incident: IncidentView }

/** Commands for the incidents in the rail that match the typed text. On an incident page, that page's own commands are used instead. */
function findRoomActs(
  incidents: readonly IncidentView[],
  query: string,
  here: string | undefined,
  nameOf: (act: RoomAct['act']) => string,
): RoomAct[] {
  if (query === '') return []
  const open = inOrderOfUrgency(incidents.filter((incident) => isRunning(incident) && incident.id !== here))
  return ROOM_ACTS.flatMap(({ id, keywords }) => {
    const named = query.split(/\s+/).some((word) => contains(`${nameOf(id)} ${keywords}`, word))
    return named
      ? open
          .filter(({ title }) => contains(`${nameOf(id)} ${keywords} ${title}`, query))
          .map((incident): RoomAct => ({ key: `${id} ${incident.id}`, act: id, incident }))
      : []
  }).slice(0, SHOWN)
}

/** The command palette: finds commands, incidents, and any text by full-text search. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation('frame')
  const navigate = useNavigate()
  const now = useNow(MINUTE)
  const here = useMatch('/incidents/:incidentId/*')?.params.incidentId
  const [query, setQuery] = useState('')
  const [settled] = useDebouncedValue(query.trim(), 120)
  const offered = useCommandList()
  const keys = workingKeys(offered)
  const commands = findCommands(offered, query.trim())
  const known = useIncidents().data
  const incidents = opened ? findIncidents(known ?? [], query.trim()) : []
  const found = useRead(
    'search.query',
    opened && settled ? { text: settled, limit: SHOWN, language: shownLanguage(i18n.language) } : null,
    { keep: true },
  ).data
  const hits = settled && query.trim() ? (found?.hits.filter((hit) => hit.kind !== 'incident') ?? []) : []

  const roomActs = opened ? findRoomActs(known ?? [], query.trim(), here, (act) => t(`palette.act.${act}`)) : []
  // Enter always takes the first row, whatever enters the list.
  const rows = [
    ...incidents.map(({ id }) => id),
    ...commands.map(({ id }) => id),
    ...roomActs.map(({ key }) => key),
    ...hits.map(({ id }) => id),
  ].join(' ')
  useEffect(() => {
    if (opened) selectFirst(rows)
  }, [opened, rows])

  useEffect(() => {
    if (opened) actions.open()
    else actions.close()
  }, [opened])

  const go = (path: string) => void navigate(path)
  const nothing = commands.length + incidents.length + hits.length + roomActs.length === 0
  return (
    // No transition: users who open it by key type immediately.
    <Spotlight.Root
      store={store}
      transitionProps={{ duration: 0 }}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      lockScroll={false}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      clearQueryOnClose
      scrollable
      maxHeight={440}
      classNames={{ body: classes['body'] ?? '' }}
    >
      <Modal.Title className="visually-hidden">{t('commands.palette')}</Modal.Title>
      <Spotlight.Search
        // The dialog moves the focus only after a moment; without this, early keystrokes would go to the page behind.
        autoFocus
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {group(
          t('palette.incidents'),
          incidents.map((incident) => (
            <Spotlight.Action key={incident.id} onClick={() => go(`/incidents/${incident.id}`)}>
              <Row>
                <LevelMark level={incident.level} />
                <span className={classes['label']}>{incident.title}</span>
                {incident.mode !== 'real' && <DrillMark mode={incident.mode} />}
                <span className={classes['aside']}>{t(`terms:status.${incident.status}`)}</span>
              </Row>
            </Spotlight.Action>
          )),
        )}
        {group(
          t('palette.commands'),
          commands.map((command) => (
            <Spotlight.Action key={command.id} onClick={command.run}>
              <Row>
                <span className={classes['label']}>{command.label}</span>
                <span className={classes['aside']}>
                  {keys
                    .get(command.id)
                    ?.slice(0, 1)
                    .map((shortcut) => (
                      <Kbd key={shortcut} shortcut={shortcut} />
                    ))}
                </span>
              </Row>
            </Spotlight.Action>
          )),
        )}
        {group(
          t('palette.inRooms'),
          roomActs.map(({ key, act, incident }) => (
            <Spotlight.Action key={key} onClick={() => go(`/incidents/${incident.id}?do=${act}`)}>
              <Row>
                <LevelMark level={incident.level} />
                <span className={classes['label']} title={incident.title}>
                  {t(`palette.act.${act}`)} · {incident.title}
                </span>
                {incident.mode === 'drill' && <DrillMark />}
              </Row>
            </Spotlight.Action>
          )),
        )}
        {group(
          t('palette.hits'),
          hits.map((hit) => (
            <Spotlight.Action key={hit.id} onClick={() => go(hitAddress(hit))}>
              <Row>
                <span className={classes['kind']}>
                  {hit.entryKind ? <EntryKindMark kind={hit.entryKind} /> : t(`search:what.${hit.kind}`)}
                </span>
                <span className={classes['label']}>
                  {markedRuns(hit.excerpt, hit.marks).map((run) =>
                    run.marked ? <mark key={run.start}>{run.text}</mark> : <span key={run.start}>{run.text}</span>,
                  )}
                </span>
                <span className={classes['aside']} title={hit.incidentTitle}>
                  {hit.incidentTitle}
                </span>
                <time className={classes['time']}>{formatMoment(hit.at, now, i18n.language)}</time>
              </Row>
            </Spotlight.Action>
          )),
        )}
        {query.trim() && (
          <Spotlight.Action onClick={() => go(`/search?q=${encodeURIComponent(query.trim())}`)}>
            <Row>
              <span className={classes['label']}>{t('palette.searchAll', { text: query.trim() })}</span>
            </Row>
          </Spotlight.Action>
        )}
        {nothing && !query.trim() && <Spotlight.Empty>{t('palette.empty')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function group(label: string, rows: ReactNode[]): ReactNode {
  return rows.length > 0 && <Spotlight.ActionsGroup label={label}>{rows}</Spotlight.ActionsGroup>
}

function Row({ children }: { children: ReactNode }) {
  return <span className={classes['row']}>{children}</span>
}
