import { useAct } from '#client/use-act.ts'
import type { PlanView } from '#contract/plan-api.ts'
import type { Failure } from '#contract/failures.ts'
import { PlanContent } from '#domain/plans/plan.ts'
import { usePermit } from '#features/permissions'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { PlanDifferences } from '../PlanDifferences.tsx'
import { usePlanWords } from '../plan-language.ts'
import { Conflict } from './Conflict.tsx'
import { findPlanProblems } from './draft-problems.ts'
import { PhaseEditor } from './PhaseEditor.tsx'
import { PlanBar } from './PlanBar.tsx'
import { emptyPlan, NEW_PLAN } from './plan-draft.ts'
import styles from './PlanEditor.module.css'
import { PlanHead } from './PlanHead.tsx'
import { addPhase } from './plan-edits.ts'
import { tidyPlan } from './tidy-plan.ts'
import { usePlanDraft } from './use-plan-draft.ts'

/** Edits a plan: texts, phases and tasks. Saving creates a new version; unsaved changes are kept as a draft. */
export function PlanEditor({ plan, onSaved, onLeave }: { plan: PlanView | null; onSaved: (plan: PlanView) => void; onLeave: () => void }) {
  const { t } = useTranslation('plans')
  const { language } = usePlanWords()
  const save = useAct('plans.save')
  const hold = usePlanDraft(plan?.id ?? NEW_PLAN, { content: plan?.content ?? emptyPlan(), version: plan?.version ?? 0 })
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [openTask, setOpenTask] = useState<string | null>(null)
  const [comparing, setComparing] = useState(false)
  const formRef = useRef<HTMLFormElement>(null)
  const { draft, dirty, edit } = hold
  const { content } = draft
  const problems = findPlanProblems(content, language)
  const problemAt = (place: string) => {
    const problem = tried ? problems.get(place) : undefined
    return problem === undefined ? null : t(`problem.${problem}`)
  }
  const isFaulty = (taskKey: string) => tried && [...problems.keys()].some((place) => place.startsWith(`task.${taskKey}.`))
  const conflict = dirty && plan !== null && plan.version !== draft.version ? plan : null
  const refused = usePermit('plan.save')
  const barred = refused ?? (conflict ? t('conflict.first') : dirty ? null : t('editor.unchanged'))

  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (save.busy || barred !== null) return
    const tidied = PlanContent.safeParse(tidyPlan(content))
    if (problems.size > 0 || !tidied.success) {
      const faulty = content.tasks.find((task) => [...problems.keys()].some((place) => place.startsWith(`task.${task.key}.`)))
      if (faulty) setOpenTask(faulty.key)
      requestAnimationFrame(() => formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    const result = await save.act({ ...(plan ? { planId: plan.id } : {}), version: draft.version, content: tidied.data, note: draft.note })
    setFailure(result.ok ? null : result.failure)
    if (!result.ok) return
    hold.forget()
    onSaved(result.value)
  }
  const section = t('title')
  useCommands([
    {
      id: 'plans.save',
      section,
      label: t('editor.save', { version: draft.version + 1 }),
      shortcut: 'mod+S',
      ofPage: true,
      disabled: barred !== null,
      run: () => void submit(),
    },
    { id: 'plans.leave', section, label: t('editor.leave'), shortcut: 'Escape', run: onLeave },
  ])

  return (
    <form ref={formRef} className={styles['editor']} noValidate onSubmit={(event) => void submit(event)}>
      <PlanBar hold={hold} busy={save.busy} barred={barred} onLeave={onLeave} />
      {conflict && (
        <Conflict
          plan={conflict}
          onCompare={() => setComparing(!comparing)}
          onMine={() => hold.rebase(conflict.version)}
          onTheirs={() => {
            hold.forget()
            onLeave()
          }}
        />
      )}
      {conflict && comparing && <PlanDifferences from={conflict.content} to={content} title={t('conflict.differences')} />}
      {failure && <FailureNotice failure={failure} />}
      {tried && problems.size > 0 && (
        <p className={styles['faults']} role="alert">
          {t('editor.faults', { count: problems.size })}
        </p>
      )}
      {typeof (plan?.content.title ?? '') !== 'string' && <p className={styles['soft']}>{t('editor.languages')}</p>}
      <PlanHead content={content} edit={edit} problemAt={problemAt} />
      {problemAt('tasks') && <p className={styles['faults']}>{problemAt('tasks')}</p>}
      {content.phases.map((phase) => (
        <PhaseEditor
          key={phase.key}
          plan={content}
          phase={phase}
          edit={edit}
          problemAt={problemAt}
          isFaulty={isFaulty}
          openTask={openTask}
          onOpenTask={setOpenTask}
        />
      ))}
      <div>
        <Button
          size="xs"
          variant="default"
          disabled={content.phases.length >= 12}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => edit(addPhase)}
        >
          {t('editor.addPhase')}
        </Button>
      </div>
    </form>
  )
}
