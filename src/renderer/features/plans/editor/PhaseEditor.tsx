import type { PlanContent } from '#domain/plans/plan.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { editWords, usePlanWords } from '../plan-language.ts'
import styles from './PlanEditor.module.css'
import { addTask, changePhase, movePhase, removePhase, type PlanPhase } from './plan-edits.ts'
import { TaskRow, type EditPlan } from './TaskRow.tsx'

type PhaseEditorProps = {
  plan: PlanContent
  phase: PlanPhase
  edit: EditPlan
  problemAt: (place: string) => string | null
  isFaulty: (taskKey: string) => boolean
  openTask: string | null
  onOpenTask: (key: string | null) => void
}

/** A phase of the plan being edited, with its tasks. */
export function PhaseEditor({ plan, phase, edit, problemAt, isFaulty, openTask, onOpenTask }: PhaseEditorProps) {
  const { t } = useTranslation('plans')
  const { language, words } = usePlanWords()
  const at = `phase.${phase.key}`
  const title = words(phase.title) || t('untitled')
  const tasks = plan.tasks.filter((task) => task.phase === phase.key)
  const hours = (field: 'fromHour' | 'toHour') => (
    <NumberInput
      size="xs"
      w={72}
      min={0}
      allowNegative={false}
      hideControls
      aria-label={t(`field.${field}`)}
      value={phase[field] ?? ''}
      error={problemAt(`${at}.hours`) !== null}
      onChange={(value) => edit((now) => changePhase(now, phase.key, { [field]: typeof value === 'number' ? value : null }))}
    />
  )
  const remove = tasks.length > 0 ? t('editor.phaseHasTasks', { title }) : t('editor.remove', { title })
  return (
    <section className={styles['phase']} aria-label={title}>
      <div className={styles['phaseLine']}>
        <div className={styles['phaseTitle']}>
          <FieldRow label={t('field.phase')} required error={problemAt(`${at}.title`)}>
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                size="xs"
                aria-describedby={describedBy}
                error={problemAt(`${at}.title`) !== null}
                value={words(phase.title)}
                onChange={(event) => {
                  const text = event.currentTarget.value
                  edit((now) => changePhase(now, phase.key, { title: editWords(phase.title, text, language) }))
                }}
              />
            )}
          </FieldRow>
        </div>
        <FieldRow label={t('field.hours')} group error={problemAt(`${at}.hours`)}>
          {() => (
            <div className={styles['hours']}>
              {hours('fromHour')}–{hours('toHour')}
            </div>
          )}
        </FieldRow>
        <div className={styles['phaseActs']}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('editor.up', { title })}
            title={t('editor.up', { title })}
            onClick={() => edit((now) => movePhase(now, phase.key, -1))}
          >
            <IconArrowUp size={15} />
          </ActionIcon>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('editor.down', { title })}
            title={t('editor.down', { title })}
            onClick={() => edit((now) => movePhase(now, phase.key, 1))}
          >
            <IconArrowDown size={15} />
          </ActionIcon>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            disabled={tasks.length > 0 || plan.phases.length === 1}
            aria-label={remove}
            title={remove}
            onClick={() => edit((now) => removePhase(now, phase.key))}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      </div>
      <ul className={styles['tasks']}>
        {tasks.map((task) => (
          <TaskRow
            key={task.key}
            plan={plan}
            task={task}
            opened={openTask === task.key}
            onOpen={(open) => onOpenTask(open ? task.key : null)}
            edit={edit}
            problemAt={problemAt}
            faulty={isFaulty(task.key)}
          />
        ))}
      </ul>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden="true" />}
        onClick={() => {
          const added = addTask(plan, phase.key)
          edit((now) => ({ ...now, tasks: [...now.tasks, ...added.plan.tasks.slice(-1)] }))
          onOpenTask(added.key)
        }}
      >
        {t('editor.addTask', { phase: title })}
      </Button>
    </section>
  )
}
