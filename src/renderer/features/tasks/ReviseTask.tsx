import type { TaskView } from '#contract/task-api.ts'
import type { Mention } from '#domain/notices/notice.ts'
import { mentionsIn, useNaming } from '#features/notices'
import { MaskHint } from '#features/personal'
import { MovedOn } from '#features/texts'
import { ActButton } from '#ui/ActButton.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { BlockerField } from './BlockerField.tsx'
import { DueField, isNoTime } from './DueField.tsx'
import styles from './TaskForm.module.css'
import type { TaskActs, TaskChange } from './use-task-acts.ts'
import { WhoFields } from './WhoFields.tsx'

/** Edits a task: title, assignee, due time, blockers, details. Only changed fields are written. */
export function ReviseTask({
  task,
  acts,
  names,
  onDone,
}: {
  task: TaskView
  acts: TaskActs
  names: readonly string[]
  onDone: () => void
}) {
  const readers = acts.readers
  const { t } = useTranslation('tasks')
  const [draft, setDraft] = useState({
    title: task.title,
    detail: task.detail,
    department: task.department,
    owner: task.owner,
    dueAt: task.dueAt,
    blockedBy: task.blockedBy,
  })
  const [editions, setEditions] = useState(task.editions ?? {})
  const edit = (change: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...change }))
  const [chosen, setChosen] = useState<Mention[]>(task.mentions ?? [])
  const naming = useNaming({ text: draft.detail, onText: (detail) => edit({ detail }), chosen, onChosen: setChosen, readers, above: true })
  const untitled = draft.title.trim() === ''
  const now = task.editions ?? {}
  // Texts that somebody else has changed since this form was opened, and that saving would overwrite.
  const moved = (['title', 'detail'] as const).filter(
    (field) => (now[field] ?? '') !== (editions[field] ?? '') && draft[field].trim() !== task[field],
  )
  const changed = Object.entries({ ...draft, title: draft.title.trim(), detail: draft.detail.trim(), owner: draft.owner.trim() }).filter(
    ([field, value]) => !isSame(task[field as keyof typeof draft], value),
  )
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (untitled || isNoTime(draft.dueAt) || changed.length === 0 || moved.length > 0) return
    const change = Object.fromEntries(changed) as TaskChange
    const seen = Object.fromEntries(['title', 'detail', 'owner'].map((field) => [field, editions[field] ?? '']))
    if (await acts.revise(task, change.detail === undefined ? change : { ...change, mentions: mentionsIn(draft.detail, chosen) }, seen))
      onDone()
  }
  return (
    <form className={styles['form']} noValidate onSubmit={(event) => void save(event)}>
      <FieldRow label={t('field.title')} error={untitled ? t('titleMissing') : null}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            size="xs"
            aria-describedby={describedBy}
            error={untitled}
            maxLength={200}
            value={draft.title}
            onChange={(event) => edit({ title: event.currentTarget.value })}
            data-autofocus
            autoFocus
          />
        )}
      </FieldRow>
      <WhoFields value={draft} names={names} onChange={edit} />
      <DueField value={draft.dueAt} onChange={(dueAt) => edit({ dueAt })} />
      <BlockerField task={task} value={draft.blockedBy} onChange={(blockedBy) => edit({ blockedBy })} />
      <FieldRow label={t('field.detail')}>
        {({ id }) => (
          <div className={styles['named']}>
            <GrowingText
              id={id}
              size="xs"
              minRows={2}
              maxRows={8}
              maxLength={4000}
              value={draft.detail}
              {...naming.aria}
              onKeyDown={naming.onKey}
              onBlur={naming.close}
              onChange={(event) => {
                edit({ detail: event.currentTarget.value })
                naming.typed(event.currentTarget)
              }}
            />
            {naming.menu}
          </div>
        )}
      </FieldRow>
      {moved.map((field) => (
        <MovedOn
          key={field}
          theirs={task[field]}
          mine={draft[field]}
          onChoose={(text) => {
            edit({ [field]: text.slice(0, field === 'title' ? 200 : 4000) })
            setEditions((seen) => ({ ...seen, [field]: now[field] ?? '' }))
          }}
        />
      ))}
      <MaskHint text={`${draft.title}\n${draft.detail}`} over />
      <div className={styles['acts']}>
        <ActButton
          submit
          size="xs"
          barred={acts.reviseBarred ?? (changed.length === 0 ? t('unchanged') : moved.length > 0 ? t('chooseFirst') : null)}
        >
          {t('act.saveChange')}
        </ActButton>
        <ActButton quiet size="xs" readsOnly onAct={onDone}>
          {t('act.cancel')}
        </ActButton>
      </div>
    </form>
  )
}

function isSame(before: unknown, now: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(now)
}
