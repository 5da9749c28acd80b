import type { Command } from 'commander'
import { withWorkspace } from './workspace-client.ts'
import { localTime } from './local-time.ts'
import type { EveryCommand, Session } from './session.ts'

/** `stormroom incidents`: lists incidents with the ids that other commands take. */
export function addIncidents(program: Command, session: Session): Command {
  const { t, term } = session.words
  return program
    .command('incidents')
    .description(t('incidents.about'))
    .action((options: EveryCommand) =>
      session.run(options.json === true, () =>
        withWorkspace(session, options, 'read', async (client) => {
          const list = await client.call('incidents.list', {})
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
