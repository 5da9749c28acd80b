import type { Command } from 'commander'
import { localTime } from './local-time.ts'
import { withStation, type EveryCommand, type Session } from './session.ts'

/** `stormroom incidents`: what there is, with the ids that other commands take. */
export function addIncidents(program: Command, session: Session): Command {
  const { t, term } = session.words
  return program
    .command('incidents')
    .description(t('incidents.about'))
    .action((options: EveryCommand) =>
      session.run(options.json === true, () =>
        withStation(session, options, 'read', async (station) => {
          const list = await station.handlers['incidents.list']({})
          if (!list.ok) return list
          const lines = list.value.map((incident) =>
            t('incidents.line', {
              id: incident.id,
              level: term(`level.${incident.level}`),
              status: term(`status.${incident.status}`),
              mode: term(`mode.${incident.mode}`),
              declared: localTime(incident.declaredAt),
              count: incident.entryCount,
              title: incident.title,
            }),
          )
          return { ok: true, document: { incidents: list.value }, lines: lines.length > 0 ? lines : [t('incidents.none')] }
        }),
      ),
    )
}
