import type { Cell } from '../tables/write/table-cell.ts'
import { wordClock, type IncidentDocument } from './incident-document.ts'

/** A part of an incident as a table; moments are formatted by the writer of the file. */
export type PartTable = { header: string[]; rows: Cell[][] }

export function clockTable(document: IncidentDocument): PartTable {
  const { t } = document.words
  return {
    header: [t('exports:clock'), t('exports:due'), t('exports:met')],
    rows: document.incident.clocks.map((clock) => [
      t(`terms:clock.${clock.id}`),
      timeCell(clock.dueAt, document),
      clock.met && clock.met.at <= clock.dueAt ? timeCell(clock.met.at, document) : wordClock(clock, document),
    ]),
  }
}

export function taskTable(document: IncidentDocument): PartTable {
  const { t } = document.words
  return {
    header: [
      t('tasks:field.title'),
      t('incidents:filter.status'),
      t('tasks:field.owner'),
      t('exports:heading.department'),
      t('tasks:field.due'),
      t('tasks:field.phase'),
      t('tasks:field.detail'),
      t('exports:heading.ended'),
    ],
    rows: (document.tasks ?? []).map((task) => [
      task.title,
      t(`tasks:state.${task.progress}`),
      task.owner,
      task.department === null ? '' : t(`terms:role.${task.department}`),
      timeCell(task.dueAt, document),
      task.phase,
      [task.detail, ...task.checklist.map((item) => `${item.done ? '☑' : '☐'} ${item.text}`)].filter(Boolean).join('\n'),
      timeCell(task.endedAt, document),
    ]),
  }
}

export function peopleTable(document: IncidentDocument): PartTable {
  const { t } = document.words
  return {
    header: [t('exports:heading.layer'), t('exports:heading.department'), t('people:name'), t('people:backup'), t('people:duty')],
    rows: (document.people ?? []).map((person) => [
      t(`people:layer.${person.layer}`),
      person.department === null ? '' : t(`terms:role.${person.department}`),
      person.name,
      person.backup,
      person.duty,
    ]),
  }
}

/** The assessments of the risk, newest first. */
export function assessmentTable(document: IncidentDocument): PartTable {
  const { t } = document.words
  return {
    header: [
      t('exports:heading.assessed'),
      t('exports:heading.grade'),
      t('exports:heading.suggested'),
      t('exports:heading.verdict'),
      t('timeline:decision.reason'),
      t('exports:heading.assessedBy'),
    ],
    rows: (document.risk?.history ?? []).map((one) => {
      const level = t(`terms:level.${one.suggestedLevel}`)
      return [
        timeCell(one.at, document),
        `${one.composite}/5 ${t(`terms:grade.${one.composite}`)}`,
        level,
        t(`risk:history.verdict.${one.verdict}`, { level }),
        one.reason,
        one.byName,
      ]
    }),
  }
}

function timeCell(epochMs: number | null, { zone }: IncidentDocument): Cell {
  return epochMs === null ? null : { epochMs, zone }
}
