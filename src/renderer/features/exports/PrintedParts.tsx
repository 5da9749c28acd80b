import { useRead } from '#client/use-read.ts'
import { figureTimes } from '#contract/risk-api.ts'
import { gradeEvidence } from '#domain/risk/evidence.ts'
import { formatExact } from '#ui/time/format-time.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type Part = { incidentId: string }

function PrintedTable({
  title,
  header,
  rows,
}: {
  title: ReactNode
  header: readonly string[]
  rows: readonly { id: string; cells: readonly string[] }[]
}) {
  return (
    <section>
      <h2>{title}</h2>
      <table>
        <thead>
          <tr>
            {header.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id}>
              {cells.map((cell, column) => (
                <td key={header[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The tasks in print; nothing if there are none. */
export function PrintedTasks({ incidentId }: Part) {
  const { t, i18n } = useTranslation('exports')
  const tasks = useRead('tasks.list', { incidentId }).data ?? []
  if (tasks.length === 0) return null
  const when = (at: number | null) => (at === null ? '' : formatExact(at, i18n.language))
  const rows = tasks.map((task) => ({
    id: task.id,
    cells: [
      task.title,
      t(`tasks:state.${task.progress}`),
      task.owner,
      task.department === null ? '' : t(`terms:role.${task.department}`),
      when(task.dueAt),
    ],
  }))
  return (
    <PrintedTable
      title={t('heading.tasks')}
      header={[t('tasks:field.title'), t('incidents:filter.status'), t('tasks:field.owner'), t('heading.department'), t('tasks:field.due')]}
      rows={rows}
    />
  )
}

/** The roster in print. */
export function PrintedPeople({ incidentId }: Part) {
  const { t } = useTranslation('exports')
  const people = useRead('people.list', { incidentId }).data ?? []
  if (people.length === 0) return null
  const rows = people.map((one) => ({
    id: one.id,
    cells: [
      t(`people:layer.${one.layer}`),
      one.department === null ? '' : t(`terms:role.${one.department}`),
      one.name,
      one.backup,
      one.duty,
    ],
  }))
  return (
    <PrintedTable
      title={t('heading.people')}
      header={[t('heading.layer'), t('heading.department'), t('people:name'), t('people:backup'), t('people:duty')]}
      rows={rows}
    />
  )
}

/** The grade with its evidence, and the assessments by people, in print. */
export function PrintedRisk({ incidentId, now }: Part & { now: number }) {
  const { t, i18n } = useTranslation('exports')
  const risk = useRead('risk.get', { incidentId }).data
  if (!risk?.assessment) return null
  const { factors, known, newestAt } = gradeEvidence(risk.assessment, figureTimes(risk.origins), now)
  const when = (at: number) => formatExact(at, i18n.language)
  const rows = risk.history.map((one) => ({
    id: one.id,
    cells: [
      when(one.at),
      `${one.composite}/5`,
      t(`risk:history.verdict.${one.verdict}`, { level: t(`terms:level.${one.suggestedLevel}`) }),
      one.reason,
      one.byName,
    ],
  }))
  const header = [t('heading.assessed'), t('heading.grade'), t('heading.verdict'), t('timeline:decision.reason'), t('heading.assessedBy')]
  return (
    <PrintedTable
      title={`${t('heading.risk')} · ${t('evidenceLine', { grade: risk.assessment.composite, known, factors, when: newestAt === null ? '–' : when(newestAt) })}`}
      header={header}
      rows={rows}
    />
  )
}
