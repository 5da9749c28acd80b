import type { EntryState } from '#domain/timeline/entry.ts'
import type { Cell } from '../tables/write/table-cell.ts'
import { factsOf, type IncidentDocument } from './incident-document.ts'
import { assessmentTable, clockTable, peopleTable, taskTable, type PartTable } from './part-tables.ts'
import { readOr } from './read-or.ts'

/** Escapes text for Markdown: nothing in it becomes a heading, a link, a table, an entity or HTML. */
export function plainMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>#|~!&]/gu, '\\$&')
    .replaceAll(/^([^\S\n\r]*)([-+=])/gmu, '$1\\$2')
    .replaceAll(/^([^\S\n\r]*\d+)([.)])/gmu, '$1\\$2')
    .replaceAll(/^(?: {4,}| {0,3}\t)[ \t]*/gmu, ' ')
}

/** The same on one line, for a heading, a table cell, or a name. */
function plainLine(text: string): string {
  return plainMarkdown(text.replaceAll(/\s+/gu, ' '))
}

/** Lines of a system note in a document; a handover pastes its whole summary. */
const NOTE_LINES = 4

/** An incident as a Markdown document, in pieces: facts, clocks, chosen parts, and the timeline with corrections and evidence hashes. */
export function* markdownPieces(document: IncidentDocument): Generator<string> {
  const { incident, words, names, series } = document
  const { t, time } = words
  yield `# ${plainLine(incident.title)}\n\n`
  yield `${factsOf(document)
    .map(([name, value]) => `- ${name}: ${plainLine(value)}`)
    .join('\n')}\n\n`
  if (incident.known !== '') yield `## ${t('exports:known')}\n\n${plainMarkdown(incident.known)}\n\n`
  yield part(t('exports:clocks'), clockTable(document))
  yield part(t('exports:heading.tasks'), taskTable(document))
  yield part(t('exports:heading.people'), peopleTable(document))
  yield part(t('exports:heading.risk'), assessmentTable(document))
  yield `## ${t('exports:heading.timeline')}\n\n`
  for (const { state } of document.entries) {
    yield readOr(
      () => entryMarkdown(state),
      () => `### – · ${t('exports:unreadable')}\n\n`,
    )
  }
  yield part(t('exports:heading.series'), {
    header: [t('exports:heading.name'), t('exports:heading.unit'), t('exports:heading.points')],
    rows: series.map((one) => [one.name, one.unit, one.points]),
  })

  /** A part as a heading and a table; nothing if the part is empty. */
  function part(title: string, { header, rows }: PartTable): string {
    if (rows.length === 0) return ''
    const line = (cells: readonly Cell[]) =>
      `| ${cells.map((cell) => plainLine(typeof cell === 'object' && cell !== null ? time(cell.epochMs) : String(cell ?? ''))).join(' | ')} |\n`
    return `## ${title}\n\n${line(header)}|${' --- |'.repeat(header.length)}\n${rows.map(line).join('')}\n`
  }

  function textOf(state: EntryState): string {
    const text = words.entry(state)
    const lines = text.split('\n')
    if (state.kind !== 'system' || lines.length <= NOTE_LINES) return plainMarkdown(text)
    return `${plainMarkdown(lines.slice(0, NOTE_LINES).join('\n'))}\n${t('exports:moreLines', { count: lines.length - NOTE_LINES })}`
  }

  function entryMarkdown(state: EntryState): string {
    const lines = [`### ${time(state.happenedAt)} · ${t(`terms:kind.${state.kind}`)}${state.starred ? ' ★' : ''}`, '', textOf(state), '']
    if (state.decision)
      lines.push(
        `- ${t('timeline:decision.reason')}: ${plainMarkdown(state.decision.reason)}`,
        `- ${t('timeline:decision.decidedBy')}: ${plainMarkdown(state.decision.decidedBy)}`,
      )
    if (state.turningPoint) lines.push(`- ${t('terms:kind.turning-point')}: ${t(`terms:turningPoint.${state.turningPoint}`)}`)
    if (state.tags.length > 0) lines.push(`- ${t('imports:role.tags')}: ${state.tags.map(plainMarkdown).join(', ')}`)
    for (const file of state.evidence) lines.push(`- ${t('timeline:evidence.title')}: ${plainLine(file.name)} (SHA-256 ${file.hash})`)
    for (const comment of state.comments)
      lines.push(
        `- ${t('exports:column.comments')}: ${plainLine(names(comment.author))} ${time(comment.at)}: ${plainMarkdown(comment.text)}`,
      )
    for (const correction of state.corrections) {
      lines.push(
        `- ${t('exports:column.corrections')}: ${plainLine(names(correction.by))} ${time(correction.at)}: ${plainMarkdown(correction.reason)}; ` +
          `${t('exports:heading.original')} (${time(correction.before.happenedAt)}, ${t(`terms:kind.${correction.before.kind}`)}): ${plainLine(correction.before.text)}`,
      )
    }
    lines.push(
      `- ${t('exports:column.author')}: ${plainLine(names(state.author))}, ${t('exports:column.recorded')} ${time(state.recordedAt)}`,
      '',
      '',
    )
    return lines.join('\n')
  }
}
