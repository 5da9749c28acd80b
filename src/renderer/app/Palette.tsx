import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import { workingKeys } from '#ui/commands/command.ts'
import { useCommandList } from '#ui/commands/CommandProvider.tsx'
import { shownLanguage } from '#ui/shown-language.ts'
import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMatch, useNavigate } from 'react-router'
import { findCommands, findIncidents, findRoomActs, SHOWN } from './palette-finds.ts'
import { PaletteGroups, Row } from './PaletteGroups.tsx'
import classes from './Palette.module.css'

const [store, actions] = createSpotlight()

/** Selects the first row whenever the set of rows has changed, so that Enter runs it. */
function selectFirst(rows: string): void {
  const list = document.getElementById(store.getState().listId)
  if (!list || list.dataset['rows'] === rows) return
  list.dataset['rows'] = rows
  list.querySelector('[data-selected]')?.removeAttribute('data-selected')
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  store.updateState((state) => ({ ...state, selected: 0 }))
}

/** The command palette: finds commands, incidents, and any text by full-text search. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation('frame')
  const navigate = useNavigate()
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
        <PaletteGroups incidents={incidents} commands={commands} keys={keys} roomActs={roomActs} hits={hits} onGo={go} />
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
