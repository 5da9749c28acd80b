import { endOfClocks } from '#domain/incidents/incident.ts'
import type { Entity } from '#domain/log/entity.ts'
import { gradeEvidence } from '#domain/risk/evidence.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { PersonView } from '#contract/people-api.ts'
import type { TaskView } from '#contract/task-api.ts'
import type { ExportEntries, ExportPart } from '#contract/file-api.ts'
import type { IncidentView, SeriesView } from '#contract/incident-api.ts'
import { figureTimes, type RiskView } from '#contract/risk-api.ts'
import type { ReaderWords } from '../words/reader-words.ts'
import { wordUnmetClock } from './clock-words.ts'

export type SeriesPoints = SeriesView & { data: readonly (readonly [number, number])[] }

/** The content of an export, masked and ready to be put into words. A part that was not chosen is null. */
export type IncidentDocument = {
  incident: IncidentView
  entries: Iterable<Entity<EntryState>>
  chosen: { entries: ExportEntries; parts: readonly ExportPart[] }
  series: readonly SeriesPoints[]
  tasks: readonly TaskView[] | null
  people: readonly PersonView[] | null
  risk: RiskView | null
  /** The plans that its tasks came from. */
  plans: readonly { id: string; title: string; version: number }[] | null
  words: ReaderWords
  zone: string
  now: number
  names(id: string): string
}

/** What the file contains, in one line: which entries and which parts. */
export function wordContents({ chosen, words: { t } }: IncidentDocument): string {
  return [t(`exports:entries.${chosen.entries}`), ...chosen.parts.map((part) => t(`exports:part.${part}`))].join(t('exports:separator'))
}

/** The present grade and its basis; null without assessments and measurements. */
export function wordGrade({ risk, words, now }: IncidentDocument): string | null {
  const assessment = risk?.assessment
  if (!risk || !assessment) return null
  const { factors, known, newestAt } = gradeEvidence(assessment, figureTimes(risk.origins), now)
  return words.t('exports:evidenceLine', {
    grade: assessment.composite,
    known,
    factors,
    when: newestAt === null ? '–' : words.time(newestAt),
  })
}

/** How a clock of the incident was met, or its status. */
export function wordClock(clock: IncidentView['clocks'][number], { incident, words, now }: IncidentDocument): string {
  if (!clock.met) return wordUnmetClock(clock, words, now, endOfClocks(incident))
  return `${words.time(clock.met.at)}${clock.met.at > clock.dueAt ? words.t('exports:late') : ''}`
}

/** An incident's facts as names and values: for the head of a document and the first sheet of a workbook. */
export function factsOf(document: IncidentDocument): [string, string][] {
  const { incident, words, zone, now } = document
  const { t } = words
  const grade = wordGrade(document)
  return [
    [t('incidents:field.level'), `${t(`terms:level.${incident.level}`)} · ${t(`terms:risk.${incident.level}`)}`],
    [t('incidents:field.type'), t(`terms:type.${incident.type}`)],
    [t('incidents:column.stage'), t(`terms:stage.${incident.stage}`)],
    [t('incidents:filter.status'), t(`terms:status.${incident.status}`)],
    [t('exports:heading.mode'), t(`terms:mode.${incident.mode}`)],
    [t('people:commander'), incident.commanderName],
    [t('exports:heading.declared'), words.time(incident.declaredAt)],
    ...(grade === null ? [] : [[t('exports:heading.risk'), grade] as [string, string]]),
    [t('exports:heading.contents'), wordContents(document)],
    [t('exports:heading.exported'), words.time(now)],
    [t('exports:heading.zone'), zone],
  ]
}
