import type { IncidentView } from '#contract/incident-api.ts'
import type { Department } from '#domain/people/assignment.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { OfferedInput } from '#ui/OfferedInput.tsx'
import { Button, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconPlus } from '@tabler/icons-react'
import { useState, type FormEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { DueField, isNoTime } from './DueField.tsx'
import styles from './NewTask.module.css'
import form from './TaskForm.module.css'
import { WhoFields } from './WhoFields.tsx'

type Draft = { title: string; phase: string; department: Department | null; owner: string; dueAt: number | null; checklist: string }
const EMPTY: Draft = { title: '', phase: '', department: null, owner: '', dueAt: null, checklist: '' }

type NewTaskProps = {
  incident: IncidentView
  phase: string | null
  phases: readonly string[]
  names: readonly string[]
  titleRef: RefObject<HTMLInputElement | null>
}

/** Creates a task: a title and Enter; all other fields are optional. */
export function NewTask({ incident, phase, phases, names, titleRef }: NewTaskProps) {
  const { t } = useTranslation('tasks')
  const create = usePermittedAct('tasks.create', { incident })
  const { barred, failure } = create
  const [draft, setDraft] = useState(EMPTY)
  const [more, setMore] = useState(false)
  const [tried, setTried] = useState(false)
  const edit = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }))
  const usual = phase ?? t('phaseByHand')
  const title = draft.title.trim()
  const untitled = tried && title === ''

  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (title === '' || isNoTime(draft.dueAt) || barred !== null) return
    // Clear the field at once, so that text typed while this task is being saved is not affected. Assignee and phase are kept, because they
    // are usually the same for the next task.
    const taken = draft
    edit({ title: '', checklist: '', dueAt: null })
    setTried(false)
    titleRef.current?.focus()
    const checklist = taken.checklist.split('\n').flatMap((line) => line.trim() || [])
    const result = await create.act({
      incidentId: incident.id,
      task: {
        title,
        detail: '',
        phase: taken.phase.trim() || usual,
        department: taken.department,
        owner: taken.owner,
        dueAt: taken.dueAt,
        checklist,
        blockedBy: [],
      },
    })
    if (!result.ok) setDraft((now) => (now.title === '' ? taken : now))
  }

  return (
    <form className={styles['new']} noValidate onSubmit={(event) => void save(event)}>
      <div className={styles['line']}>
        <TextInput
          ref={titleRef}
          className={styles['title'] ?? ''}
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          aria-label={t('new.label')}
          placeholder={t('new.placeholder')}
          maxLength={200}
          value={draft.title}
          error={untitled ? t('titleMissing') : undefined}
          readOnly={barred !== null}
          title={barred ?? undefined}
          onChange={(event) => edit({ title: event.currentTarget.value })}
        />
        <Button
          size="xs"
          variant="subtle"
          aria-expanded={more}
          rightSection={more ? <IconChevronUp size={14} aria-hidden="true" /> : <IconChevronDown size={14} aria-hidden="true" />}
          onClick={() => setMore(!more)}
        >
          {t('new.more')}
        </Button>
      </div>
      {more && (
        <div className={form['form']}>
          <FieldRow label={t('field.phase')}>
            {({ id }) => (
              <OfferedInput
                id={id}
                size="xs"
                offered={phases}
                placeholder={usual}
                value={draft.phase}
                onText={(text) => edit({ phase: text })}
              />
            )}
          </FieldRow>
          <WhoFields value={draft} names={names} onChange={edit} />
          <DueField value={draft.dueAt} onChange={(dueAt) => edit({ dueAt })} />
          <FieldRow label={t('field.checklist')} hint={t('new.checklistHint')}>
            {({ id, describedBy }) => (
              <GrowingText
                id={id}
                size="xs"
                aria-describedby={describedBy}
                minRows={2}
                maxRows={6}
                value={draft.checklist}
                onChange={(event) => edit({ checklist: event.currentTarget.value })}
              />
            )}
          </FieldRow>
          <div className={form['acts']}>
            <ActButton submit size="xs" busy={create.busy} barred={barred}>
              {t('new.act', { phase: draft.phase.trim() || usual })}
            </ActButton>
          </div>
        </div>
      )}
      {failure && <FailureNotice failure={failure} />}
    </form>
  )
}
