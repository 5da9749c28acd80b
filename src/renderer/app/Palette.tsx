import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { inOrderOfUrgency } from '#features/incidents'
import type { Command } from '#ui/commands/command.ts'
import { workingKeys } from '#ui/commands/command.ts'
import { useCommandList } from '#ui/commands/CommandProvider.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import classes from './Palette.module.css'

const [store, actions] = createSpotlight()
const SHOWN = 8

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

/** Every act and every thing, by its name: commands, incidents, and words anywhere in the text. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('frame')
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const [settled] = useDebouncedValue(query.trim(), 120)
  const offered = useCommandList()
  const keys = workingKeys(offered)
  const commands = findCommands(offered, query.trim())
  const known = useIncidents().data
  const incidents = opened ? findIncidents(known ?? [], query.trim()) : []
  const found = useRead('search.query', opened && settled ? { text: settled, limit: SHOWN } : null, [], { keep: true }).data
  const hits = settled && query.trim() ? (found?.hits.filter((hit) => hit.kind !== 'incident') ?? []) : []

  useEffect(() => {
    if (opened) actions.open()
    else actions.close()
  }, [opened])

  const go = (path: string) => void navigate(path)
  const nothing = commands.length + incidents.length + hits.length === 0
  return (
    // No transition: who opens it by key types on at once.
    <Spotlight.Root store={store} transitionProps={{ duration: 0 }} query={query} onQueryChange={setQuery} onSpotlightClose={onClose} shortcut={null} lockScroll={false} overlayProps={{ backgroundOpacity: 0.4, blur: 0 }} clearQueryOnClose scrollable maxHeight={440}>
      <Modal.Title className="visually-hidden">{t('commands.palette')}</Modal.Title>
      <Spotlight.Search placeholder={t('palette.placeholder')} aria-label={t('palette.placeholder')} leftSection={<IconSearch size={16} aria-hidden="true" />} />
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
          t('palette.hits'),
          hits.map((hit) => (
            <Spotlight.Action key={hit.id} onClick={() => go(`/incidents/${hit.incidentId}${hit.kind === 'entry' ? `?entry=${hit.id}` : ''}`)}>
              <Row>
                <span className={classes['label']}>{hit.excerpt}</span>
                <span className={classes['aside']}>{hit.incidentTitle}</span>
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
