import { endOfClocks } from '#domain/incidents/incident.ts'
import type { IncidentView, SeriesView } from '#contract/incident-api.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { Entity } from '#domain/log/entity.ts'
import { wallClock } from '../tables/write/table-cell.ts'
import type { ReaderWords } from '../words/reader-words.ts'
import { wordUnmetClock } from './clock-words.ts'
import { readOr } from './read-or.ts'

export type DocumentParts = {
  incident: IncidentView
  entries: Iterable<Entity<EntryState>>
  series: readonly SeriesView[]
  words: ReaderWords
  zone: string
  now: number
  names(id: string): string
}

/** Text that stands in Markdown as it was written: nothing in it becomes a heading, a link, a table, an entity or HTML. */
export function plainMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>#|~!&]/gu, '\\$&')
    .replaceAll(/^([^\S\n\r]*)([-+=])/gmu, '$1\\$2')
    .replaceAll(/^([^\S\n\r]*\d+)([.)])/gmu, '$1\\$2')
    .replaceAll(/^(?: {4,}| {0,3}\t)[ \t]*/gmu, ' ')
}

/** The same for a place that is one line: a heading, a table cell, a name. */
function plainLine(text: string): string {
  return plainMarkdown(text.replaceAll(/\s+/gu, ' '))
}

function timeIn(zone: string): (at: number) => string {
  return (at) => {
    const local = wallClock({ epochMs: at, zone })
    return local.isValid ? local.toFormat('yyyy-MM-dd HH:mm:ss ZZ') : '–'
  }
}

/** An incident as a Markdown document, in pieces: header, clocks, timeline with corrections and evidence hashes, series. */
export function* markdownPieces(parts: DocumentParts): Generator<string> {
  const { incident, words, names } = parts
  const { t } = words
  const time = timeIn(parts.zone)
  yield `# ${plainLine(incident.title)}\n\n`
  const facts: [string, string][] = [
    [t('incidents:field.level'), `${t(`terms:level.${incident.level}`)} · ${t(`terms:risk.${incident.level}`)}`],
    [t('incidents:field.type'), t(`terms:type.${incident.type}`)],
    [t('incidents:column.stage'), t(`terms:stage.${incident.stage}`)],
    [t('incidents:filter.status'), t(`terms:status.${incident.status}`)],
    [t('exports:heading.mode'), t(`terms:mode.${incident.mode}`)],
    [t('people:commander'), plainLine(incident.commanderName)],
    [t('exports:heading.declared'), time(incident.declaredAt)],
    [t('exports:heading.exported'), time(parts.now)],
  ]
  yield `${facts.map(([name, value]) => `- ${name}: ${value}`).join('\n')}\n\n`
  if (incident.known !== '') yield `## ${t('exports:known')}\n\n${plainMarkdown(incident.known)}\n\n`
  yield `## ${t('exports:clocks')}\n\n| ${t('exports:clock')} | ${t('exports:due')} | ${t('exports:met')} |\n| --- | --- | --- |\n`
  for (const clock of incident.clocks) {
    const late = clock.met && clock.met.at > clock.dueAt ? t('exports:late') : ''
    yield `| ${t(`terms:clock.${clock.id}`)} | ${time(clock.dueAt)} | ${clock.met ? time(clock.met.at) + late : plainLine(wordUnmetClock(clock, words, parts.now, endOfClocks(incident)))} |\n`
  }
  yield `\n## ${t('exports:heading.timeline')}\n\n`
  for (const { state } of parts.entries) {
    yield readOr(
      () => entryMarkdown(state),
      () => `### – · ${t('exports:unreadable')}\n\n`,
    )
  }
  if (parts.series.length > 0) {
    yield `## ${t('exports:heading.series')}\n\n| ${t('exports:heading.name')} | ${t('exports:heading.unit')} | ${t('exports:heading.points')} |\n| --- | --- | --- |\n`
    for (const one of parts.series) yield `| ${plainLine(one.name)} | ${plainLine(one.unit)} | ${one.points} |\n`
  }

  function entryMarkdown(state: EntryState): string {
    const lines = [`### ${time(state.happenedAt)} · ${t(`terms:kind.${state.kind}`)}${state.starred ? ' ★' : ''}`, '', plainMarkdown(words.entry(state)), '']
    if (state.decision) lines.push(`- ${t('timeline:decision.reason')}: ${plainMarkdown(state.decision.reason)}`, `- ${t('timeline:decision.decidedBy')}: ${plainMarkdown(state.decision.decidedBy)}`)
    if (state.turningPoint) lines.push(`- ${t('terms:kind.turning-point')}: ${t(`terms:turningPoint.${state.turningPoint}`)}`)
    if (state.tags.length > 0) lines.push(`- ${t('imports:role.tags')}: ${state.tags.map(plainMarkdown).join(', ')}`)
    for (const file of state.evidence) lines.push(`- ${t('timeline:evidence.title')}: ${plainLine(file.name)} (SHA-256 ${file.hash})`)
    for (const comment of state.comments) lines.push(`- ${t('exports:column.comments')}: ${plainLine(names(comment.author))} ${time(comment.at)}: ${plainMarkdown(comment.text)}`)
    for (const correction of state.corrections) {
      lines.push(
        `- ${t('exports:column.corrections')}: ${plainLine(names(correction.by))} ${time(correction.at)}: ${plainMarkdown(correction.reason)}; ` +
          `${t('exports:heading.original')} (${time(correction.before.happenedAt)}, ${t(`terms:kind.${correction.before.kind}`)}): ${plainLine(correction.before.text)}`,
      )
    }
    lines.push(`- ${t('exports:column.author')}: ${plainLine(names(state.author))}, ${t('exports:column.recorded')} ${time(state.recordedAt)}`, '', '')
    return lines.join('\n')
  }
}
