import type { SearchHit } from '#contract/search-api.ts'
import type { Command } from 'commander'
import { withWorkspace } from './workspace-client.ts'
import { findIncident } from './find-incident.ts'
import { localTime } from './local-time.ts'
import { wholeNumber } from './option-values.ts'
import type { EveryCommand, Session } from './session.ts'
import { marked } from './terminal.ts'

type SearchOptions = EveryCommand & { incident?: string; limit: number }

function markExcerpt({ excerpt, marks }: SearchHit): string {
  let line = ''
  let from = 0
  for (const [start, end] of marks) {
    line += excerpt.slice(from, start) + marked(excerpt.slice(start, end))
    from = end
  }
  return (line + excerpt.slice(from)).replaceAll(/\s+/g, ' ')
}

/** `stormroom search`: incidents, entries and series that contain the words. An empty result is no failure. */
export function addSearch(program: Command, session: Session): Command {
  const { t } = session.words
  return program
    .command('search')
    .description(t('search.about'))
    .argument('<words...>', t('search.words'))
    .option('--incident <incident>', t('search.incident'))
    .option('--limit <count>', t('search.limit'), wholeNumber(1, 200), 50)
    .action((typed: string[], options: SearchOptions) =>
      session.run(options.json === true, () =>
        withWorkspace(session, options, 'read', async (client) => {
          const within = options.incident === undefined ? null : await findIncident(client, options.incident)
          if (within && !within.ok) return within
          const found = await client.call('search.query', {
            text: typed.join(' '),
            limit: options.limit,
            language: session.words.language,
            ...(within ? { incidentId: within.value.id } : {}),
          })
          if (!found.ok) return found
          const lines = found.value.hits.map((hit) =>
            t('search.line', {
              at: localTime(hit.at),
              incident: hit.incidentTitle,
              kind: t(`hits.${hit.kind}`),
              excerpt: markExcerpt(hit),
            }),
          )
          if (lines.length === 0) lines.push(t('search.none'))
          if (found.value.more) lines.push(t('search.more', { count: found.value.hits.length }))
          return { ok: true, document: found.value, lines }
        }),
      ),
    )
}
