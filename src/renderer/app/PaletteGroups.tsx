import type { CallOutput } from '#contract/api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { hitAddress, markedRuns } from '#features/search'
import type { Command } from '#ui/commands/command.ts'
import { DrillMark } from '#ui/DrillMark.tsx'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { Spotlight } from '@mantine/spotlight'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomAct } from './palette-finds.ts'
import classes from './Palette.module.css'

type PaletteGroupsProps = {
  incidents: readonly IncidentView[]
  commands: readonly Command[]
  /** The shortcuts that work now, by command. */
  keys: ReadonlyMap<string, readonly string[]>
  roomActs: readonly RoomAct[]
  hits: CallOutput<'search.query'>['hits']
  onGo: (path: string) => void
}

/** What the palette found, by kind. */
export function PaletteGroups({ incidents, commands, keys, roomActs, hits, onGo }: PaletteGroupsProps) {
  const { t, i18n } = useTranslation('frame')
  const now = useNow(MINUTE)
  return (
    <>
      {group(
        t('palette.incidents'),
        incidents.map((incident) => (
          <Spotlight.Action key={incident.id} onClick={() => onGo(`/incidents/${incident.id}`)}>
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
          <Spotlight.Action key={key} onClick={() => onGo(`/incidents/${incident.id}?do=${act}`)}>
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
          <Spotlight.Action key={hit.id} onClick={() => onGo(hitAddress(hit))}>
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
    </>
  )
}

function group(label: string, rows: ReactNode[]): ReactNode {
  return rows.length > 0 && <Spotlight.ActionsGroup label={label}>{rows}</Spotlight.ActionsGroup>
}

/** One line of the palette. */
export function Row({ children }: { children: ReactNode }) {
  return <span className={classes['row']}>{children}</span>
}
