import type { IncidentView, SeriesView } from '#contract/incident-api.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { Entity } from '#domain/log/entity.ts'
import { wallClock } from '../tables/write/table-cell.ts'
import { wordUnmetClock, type ExportWords } from './export-words.ts'

export type DocumentParts = {
  incident: IncidentView
  entries: Iterable<Entity<EntryState>>
  series: readonly SeriesView[]
  words: ExportWords
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
  const h = words.headings
  const time = timeIn(parts.zone)
  yield `# ${plainLine(incident.title)}\n\n`
  const facts: [string, string][] = [
    [h.level, words.levels[incident.level]],
    [h.type, words.types[incident.type]],
    [h.stage, words.stages[incident.stage]],
    [h.status, words.status[incident.status]],
    [h.mode, words.modes[incident.mode]],
    [h.commander, plainLine(incident.commanderName)],
    [h.declared, time(incident.declaredAt)],
    [h.exported, time(parts.now)],
  ]
  yield `${facts.map(([name, value]) => `- ${name}: ${value}`).join('\n')}\n\n`
  if (incident.known !== '') yield `## ${h.known}\n\n${plainMarkdown(incident.known)}\n\n`
  yield `## ${h.clocks}\n\n| ${h.clocks} | ${h.due} | ${h.met} |\n| --- | --- | --- |\n`
  for (const clock of incident.clocks) {
    const late = clock.met && clock.met.at > clock.dueAt ? ` (${h.late})` : ''
    yield `| ${words.clocks[clock.id]} | ${time(clock.dueAt)} | ${clock.met ? time(clock.met.at) + late : plainLine(wordUnmetClock(clock, words, parts.now))} |\n`
  }
  yield `\n## ${h.timeline}\n\n`
  for (const { state } of parts.entries) yield entryMarkdown(state)
  if (parts.series.length > 0) {
    yield `## ${h.series}\n\n| ${h.name} | ${h.unit} | ${h.points} |\n| --- | --- | --- |\n`
    for (const one of parts.series) yield `| ${plainLine(one.name)} | ${plainLine(one.unit)} | ${one.points} |\n`
  }

  function entryMarkdown(state: EntryState): string {
    const lines = [`### ${time(state.happenedAt)} · ${words.kinds[state.kind]}${state.starred ? ' ★' : ''}`, '', plainMarkdown(state.text), '']
    if (state.decision) lines.push(`- ${h.reason}: ${plainMarkdown(state.decision.reason)}`, `- ${h.decidedBy}: ${plainMarkdown(state.decision.decidedBy)}`)
    if (state.turningPoint) lines.push(`- ${h.turningPoint}: ${words.turningPoints[state.turningPoint]}`)
    if (state.tags.length > 0) lines.push(`- ${h.tags}: ${state.tags.map(plainMarkdown).join(', ')}`)
    for (const file of state.evidence) lines.push(`- ${h.evidence}: ${plainLine(file.name)} (SHA-256 ${file.hash})`)
    for (const comment of state.comments) lines.push(`- ${h.comments}: ${plainLine(names(comment.author))} ${time(comment.at)}: ${plainMarkdown(comment.text)}`)
    for (const correction of state.corrections) {
      lines.push(
        `- ${h.corrections}: ${plainLine(names(correction.by))} ${time(correction.at)}: ${plainMarkdown(correction.reason)}; ` +
          `${h.original} (${time(correction.before.happenedAt)}, ${words.kinds[correction.before.kind]}): ${plainLine(correction.before.text)}`,
      )
    }
    lines.push(`- ${h.author}: ${plainLine(names(state.author))}, ${h.recorded} ${time(state.recordedAt)}`, '', '')
    return lines.join('\n')
  }
}
