import { DEPARTMENTS, Department } from '#domain/people/assignment.ts'
import type { PlanContent, PlanTask } from '#domain/plans/plan.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { MultiSelect, NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { editWords, usePlanWords } from '../plan-language.ts'
import { DueRuleField } from './DueRuleField.tsx'
import styles from './PlanEditor.module.css'

type TaskFieldsProps = {
  plan: PlanContent
  task: PlanTask
  problemAt: (place: string) => string | null
  onChange: (change: Partial<PlanTask>) => void
}

/** All fields of a plan's task. */
export function TaskFields({ plan, task, problemAt, onChange }: TaskFieldsProps) {
  const { t } = useTranslation('plans')
  const { language, words } = usePlanWords()
  const at = `task.${task.key}`
  const lines = task.checklist.map(words)
  return (
    <div className={styles['fields']}>
      <FieldRow label={t('field.task')} required error={problemAt(`${at}.title`)}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            size="xs"
            aria-describedby={describedBy}
            error={problemAt(`${at}.title`) !== null}
            value={words(task.title)}
            onChange={(event) => onChange({ title: editWords(task.title, event.currentTarget.value, language) })}
          />
        )}
      </FieldRow>
      <div className={styles['row']}>
        <FieldRow label={t('field.phase')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              size="xs"
              value={task.phase}
              onChange={(event) => onChange({ phase: event.currentTarget.value })}
              data={plan.phases.map((phase) => ({ value: phase.key, label: words(phase.title) || t('untitled') }))}
            />
          )}
        </FieldRow>
        <FieldRow label={t('field.department')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              size="xs"
              value={task.department ?? ''}
              onChange={(event) => onChange({ department: Department.safeParse(event.currentTarget.value).data ?? null })}
              data={[{ value: '', label: t('noDepartment') }, ...DEPARTMENTS.map((one) => ({ value: one, label: t(`terms:role.${one}`) }))]}
            />
          )}
        </FieldRow>
        <DueRuleField due={task.due} error={problemAt(`${at}.due`)} onChange={(due) => onChange({ due })} />
      </div>
      <FieldRow label={t('field.detail')} error={problemAt(`${at}.detail`)}>
        {({ id, describedBy }) => (
          <GrowingText
            id={id}
            size="xs"
            minRows={1}
            maxRows={8}
            aria-describedby={describedBy}
            value={task.detail === undefined ? '' : words(task.detail)}
            onChange={(event) => {
              const text = event.currentTarget.value
              onChange({ detail: editWords(task.detail, text, language) })
            }}
          />
        )}
      </FieldRow>
      <FieldRow label={t('field.checklist')} hint={t('field.oneALine')} error={problemAt(`${at}.checklist`)}>
        {({ id, describedBy }) => (
          <GrowingText
            id={id}
            size="xs"
            minRows={2}
            maxRows={12}
            aria-describedby={describedBy}
            value={lines.join('\n')}
            onChange={(event) => {
              const typed = event.currentTarget.value === '' ? [] : event.currentTarget.value.split('\n')
              onChange({ checklist: typed.map((line) => task.checklist.find((item) => words(item) === line) ?? line) })
            }}
          />
        )}
      </FieldRow>
      <FieldRow label={t('field.after')} error={problemAt(`${at}.after`)}>
        {({ id, describedBy }) => (
          <MultiSelect
            id={id}
            size="xs"
            searchable
            aria-describedby={describedBy}
            error={problemAt(`${at}.after`) !== null}
            placeholder={task.after.length === 0 ? t('field.afterNone') : ''}
            value={task.after}
            maxValues={30}
            onChange={(after) => onChange({ after })}
            data={plan.tasks
              .filter((one) => one.key !== task.key)
              .map((one) => ({ value: one.key, label: words(one.title) || t('untitled') }))}
          />
        )}
      </FieldRow>
    </div>
  )
}
