import { DataTable } from '#ui/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import type { AgentLine } from './agent-lines.ts'
import classes from './Agents.module.css'

/** Lines that the preview shows; the wrong ones come first. */
const SHOWN = 200

/** The lines of a list of agents as they were read, with what is wrong. */
export function AgentLines({ lines, nameOf }: { lines: readonly AgentLine[]; nameOf: (groupId: string) => string }) {
  const { t } = useTranslation('agents')
  const good = lines.filter(({ agent }) => agent !== null)
  const wrong = lines.filter(({ agent }) => agent === null)
  const shown = [...wrong, ...good].slice(0, SHOWN)
  return (
    <>
      <p className={classes['note']} role="status">
        {t('import.read', { good: good.length })}
        {wrong.length > 0 && <strong className={classes['problem']}> {t('import.wrong', { count: wrong.length })}</strong>}
      </p>
      <DataTable
        framed
        label={t('import.preview')}
        rows={shown}
        rowKey={({ line }) => line}
        columns={[
          { id: 'line', head: t('import.line'), fit: true, align: 'end', render: ({ line }) => line },
          { id: 'number', head: t('agents.number'), render: ({ cells }) => cells[0] },
          { id: 'name', head: t('agents.name'), render: ({ cells }) => cells[1] },
          { id: 'vendor', head: t('agents.vendor'), render: (row) => (row.agent ? row.agent.vendor : row.cells[2]) },
          {
            id: 'groups',
            head: t('agents.groups'),
            render: (row) => (row.agent ? row.agent.groups.map(nameOf).join(t('and')) : row.cells[3]),
          },
          {
            id: 'problem',
            head: t('import.problem'),
            render: (row) =>
              row.agent === null && <span className={classes['problem']}>{t(`line.${row.problem}`, { about: row.about })}</span>,
          },
        ]}
      />
    </>
  )
}
